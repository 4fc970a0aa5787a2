import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { ringDoorbell } from '@domainflow/services/events/doorbell.ts';
import { openPgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { readSecretKeys } from '@domainflow/services/secrets/key-source.ts';
import { createSecretBox } from '@domainflow/services/secrets/secret-box.ts';
import { pino } from 'pino';
import { startWorker } from './create-worker.ts';
import { readSettings, type WorkerSettings } from './settings.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** What only entries may import: how to open the database and the engines. */
type OpenDatabase = (options: {
  url: string;
  applicationName: string;
  sqlSettings: Readonly<Record<string, string>>;
}) => Pick<WorkerDeps, 'db' | 'sql'> & { close(): Promise<void> };
type CreateEngines = (
  settings: Pick<WorkerSettings, 'labJson' | 'allowedTargets'> & {
    readonly rdapBootstrapJson: string | undefined;
  },
) => {
  readonly ports: PhasePorts;
  readonly poolStats: WorkerDeps['poolStats'];
  readonly proxyStats: WorkerDeps['proxyStats'];
  readonly shareProxies: WorkerDeps['shareProxies'];
  close(): Promise<void>;
};

/**
 * Settings for the worker's own statements. Each reads or writes one range by its key, while the tables grow under it: a
 * plan made when a table was empty must not read the whole of it for every domain of a batch.
 */
const SQL_SETTINGS = { enable_seqscan: 'off' };

/** Work that does not stop by itself is left to its lease after this time. */
const STOP_LIMIT_MS = 15_000;

/**
 * The worker as a process: settings, database, queue, engines; runs until a signal, or until its parent is gone. The
 * entries name the runtime and bring what only they may import.
 */
export async function runWorker(
  runtime: string,
  openDatabase: OpenDatabase,
  createEngines: CreateEngines,
): Promise<void> {
  const log = pino({ base: { service: 'worker', pid: process.pid } });
  const settings = settingsOrExit();
  const engines = createEngines({ ...settings, rdapBootstrapJson: readBootstrap(settings) });
  const database = openDatabase({
    url: settings.databaseUrl,
    applicationName: 'domainflow-worker',
    sqlSettings: SQL_SETTINGS,
  });
  const { db, sql } = database;
  const queue = await openPgBossQueue({ url: settings.databaseUrl, log, supervise: true });
  const secrets = createSecretBox(() => readSecretKeys(settings));
  const identity = { id: crypto.randomUUID(), host: hostname(), pid: process.pid, runtime };
  const worker = await startWorker(
    {
      ...{ db, sql, queue, log, identity, secrets, wallMs: Date.now },
      ...{ poolStats: engines.poolStats, proxyStats: engines.proxyStats },
      shareProxies: engines.shareProxies,
      onAnnounced: () => ringDoorbell(sql),
    },
    engines.ports,
    settings.slots,
  );
  log.info({ event: 'ready', workerId: identity.id, runtime }, 'Worker ready');

  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'Worker stopping');
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    void worker
      .stop()
      .then(() => Promise.all([engines.close(), queue.stop()]))
      .then(() => database.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error: String(error) }, 'Worker did not stop cleanly');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  if (settings.exitWithParent) process.stdin.on('end', () => stop('parent gone')).resume();
}

/** The text of the file with RDAP servers; undefined where none is named. */
const readBootstrap = ({ rdapBootstrapFile }: WorkerSettings): string | undefined =>
  rdapBootstrapFile === undefined ? undefined : readFileSync(rdapBootstrapFile, 'utf8');

/** A person reads this: what to set, not where it was found missing. */
function settingsOrExit(): WorkerSettings {
  const settings = readSettings(process.env);
  if (!Array.isArray(settings)) return settings;
  console.error(`The worker cannot start.\n${settings.join('\n')}`);
  process.exit(1);
}
