import path from 'node:path';
import { migrate } from '@domainflow/db/migrate.ts';
import { buildWeb } from './build-web.ts';
import { startDatabaseServer } from './database-server.ts';
import { type FirstAdmin, readFirstAdmin } from './first-admin.ts';
import { type LabAddresses, type RunningLab, startLab } from './lab-part.ts';
import { LogFile } from './log-file.ts';
import { reserveTcpPort } from './network-ports.ts';
import { checkOutsideDatabase } from './outside-database.ts';
import { Part } from './part.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { repositoryRoot } from './repository.ts';
import { Teardown } from './teardown.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export type StackOptions = {
  /** Database, logs, keys and the lab's certificates. Made when it is missing. */
  readonly dataDir: string;
  /** An outside server; the embedded one when left out. */
  readonly databaseUrl?: string | undefined;
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly lab?: { readonly seed: string } | undefined;
  /** Default 1. */
  readonly workers?: number;
  /** Whether the web app is built and served. Default true. */
  readonly web?: boolean;
  /** More environment for API and workers. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told in words what is being done and what crashed. */
  readonly onMessage?: (message: string) => void;
  /** Told as soon as the API has made the administrator: a start that fails afterwards must not lose the password. */
  readonly onFirstAdmin?: (admin: FirstAdmin) => void;
  /** Sees each line that goes to a log. */
  readonly onLog?: (part: string, line: string) => void;
  /** Stops a start that is under way; it then rejects with the signal's reason, with nothing left running. */
  readonly signal?: AbortSignal;
};

export type Stack = {
  /** Where the web app and the API answer. */
  readonly url: string;
  /** Holds the password: not for logs. */
  readonly databaseUrl: string;
  readonly lab: LabAddresses | undefined;
  /** Only when this start made the administrator. */
  readonly firstAdmin: FirstAdmin | undefined;
  /** Process ids by part: `api`, `worker-1`, `lab`, `postgres` (embedded only). */
  pids(): Readonly<Record<string, number>>;
  /** Stops API, workers, lab and database, in this order, within 20 s. Can be called again. */
  stop(): Promise<void>;
};

/**
 * Starts the whole of DomainFlow in processes that live no longer than this one.
 * @throws LaunchError with what to do; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { host = '127.0.0.1', workers = 1, onMessage = () => {}, web = true } = options;
  const failed = new AbortController();
  const signal =
    options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const dataDir = path.resolve(options.dataDir);
  const teardown = new Teardown();
  const parts = new Map<string, () => number | undefined>();
  const workerParts: Part[] = [];
  const openLog = (name: string) => {
    const log = new LogFile(path.join(dataDir, 'logs'), name, (line) => options.onLog?.(name, line));
    teardown.afterwards(() => log.close());
    return log;
  };
  const entry = (file: string) => path.join(repositoryRoot, file);

  let building: Promise<string | undefined> = Promise.resolve(undefined);
  try {
    prepareDataFolder(dataDir);
    const port = await reserveTcpPort(host, options.port ?? 0);
    building = web
      ? buildWeb(signal, () => onMessage('Building the web app (first start, or its sources changed) ...'))
      : building;
    // A failure is met where it is awaited, after the database; until then it must not count as unhandled.
    building.catch(() => {});

    const databaseUrl = await openDatabase();
    onMessage('Migrating the database ...');
    await migrate(databaseUrl);
    signal.throwIfAborted();

    const lab = options.lab === undefined ? undefined : await openLab(options.lab.seed);
    const shared = () => ({
      ...options.env,
      DATABASE_URL: databaseUrl,
      DOMAINFLOW_DATA_DIR: dataDir,
      ...(lab === undefined ? {} : { DOMAINFLOW_LAB: JSON.stringify(lab.addresses()) }),
    });

    const webDist = await building;
    signal.throwIfAborted();
    let firstAdmin: FirstAdmin | undefined;
    const api = new Part({
      name: 'api',
      script: entry('apps/api/src/entry.node.ts'),
      // An upload of a million names keeps each batch until it is stored: garbage of the old generation, which may else
      // grow to three times what is in use before it is collected. It takes a fifth more CPU time then, and 90 MB less.
      nodeFlags: ['--heap-growing-percent=30'],
      env: () => ({
        ...shared(),
        HOST: host,
        PORT: String(port),
        ...(webDist === undefined ? {} : { WEB_DIST: webDist }),
      }),
      log: openLog('api'),
      onLine: (line) => {
        const admin = readFirstAdmin(line);
        if (admin === undefined) return false;
        firstAdmin = admin;
        options.onFirstAdmin?.(admin);
        return true;
      },
      onCrash: onMessage,
    });
    parts.set('api', () => api.pid);
    teardown.stop('api', (timeoutMs) => api.stop(Math.min(timeoutMs, 6_000)));
    const url = `http://${hostInUrl(host)}:${port}`;
    await waitUntilReady(api, url, signal);

    for (let number = 1; number <= workers; number++) {
      const name = `worker-${number}`;
      const worker = new Part({
        name,
        script: entry('apps/worker/src/entry.node.ts'),
        // Results live for about a second, until they are committed: in a young generation this large they die there, and
        // an old one that may begin large is rarely collected: a third of the worker's CPU time is saved. The limit is far
        // more than it holds at any time. Pretenured sockets keep whole visits alive from the old generation: a fifth of
        // what is allocated would be copied there.
        nodeFlags: [
          '--max-semi-space-size=32',
          '--initial-old-space-size=160',
          '--max-old-space-size=512',
          '--no-allocation-site-pretenuring',
        ],
        env: shared,
        log: openLog(name),
        onCrash: onMessage,
      });
      workerParts.push(worker);
      parts.set(name, () => worker.pid);
      teardown.stop('workers', (timeoutMs) => worker.stop(timeoutMs));
    }
    return { url, databaseUrl, lab: lab?.addresses(), firstAdmin, pids, stop: () => teardown.run() };
  } catch (error) {
    failed.abort();
    await Promise.allSettled([building, teardown.run()]);
    throw error;
  }

  async function openDatabase(): Promise<string> {
    if (options.databaseUrl !== undefined) {
      onMessage('Connecting to the database of DATABASE_URL ...');
      await checkOutsideDatabase(options.databaseUrl, signal);
      return options.databaseUrl;
    }
    onMessage('Starting the database ...');
    const server = await startDatabaseServer(path.join(dataDir, 'postgres'), onMessage);
    parts.set('postgres', () => server.pid());
    teardown.stop('postgres', (timeoutMs) => server.stop(timeoutMs));
    signal.throwIfAborted();
    return server.url;
  }

  async function openLab(seed: string): Promise<RunningLab> {
    onMessage('Starting the lab ...');
    return startLab({
      dataDir,
      seed,
      log: openLog('lab'),
      signal,
      onStart: (part) => {
        parts.set('lab', () => part.pid);
        teardown.stop('lab', () => part.stop(2_000));
      },
      onCrash: onMessage,
      onReturn: () => {
        for (const worker of workerParts) worker.restart();
      },
    });
  }

  function pids(): Record<string, number> {
    const running: Record<string, number> = {};
    for (const [name, pidOf] of parts) {
      const pid = pidOf();
      if (pid !== undefined) running[name] = pid;
    }
    return running;
  }
}

/** An address that listens everywhere is reached on loopback; IPv6 goes in brackets. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
