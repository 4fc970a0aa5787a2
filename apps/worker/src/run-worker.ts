import { hostname } from 'node:os';
import { openDatabase } from '@domainflow/db/client.ts';
import type { PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { ringDoorbell } from '@domainflow/services/events/doorbell.ts';
import { openPgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { pino } from 'pino';
import { startWorker } from './create-worker.ts';
import { readSettings, type WorkerSettings } from './settings.ts';

/** The engines that a worker works with, and how to end them. */
export interface Engines {
  readonly ports: PhasePorts;
  close(): Promise<void>;
}

/** Work that does not stop by itself is left to its lease after this time. */
const STOP_LIMIT_MS = 15_000;

/**
 * The worker as a process: settings, database, queue, engines; runs until a signal, or until its parent is gone. The
 * entries differ in the runtime and in what makes the engines.
 */
export async function runWorker(
  runtime: string,
  createEngines: (settings: WorkerSettings) => Engines,
): Promise<void> {
  const log = pino({ base: { service: 'worker', pid: process.pid } });
  const settings = readSettings(process.env);
  const database = openDatabase({ url: settings.databaseUrl, applicationName: 'domainflow-worker' });
  const queue = await openPgBossQueue({ url: settings.databaseUrl, log, supervise: true });
  const engines = createEngines(settings);
  const identity = { id: crypto.randomUUID(), host: hostname(), pid: process.pid, runtime };
  const worker = await startWorker(
    { ...database, queue, log, identity, onAnnounced: () => ringDoorbell(database.sql) },
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
