import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, explainServerOutput } from './embedded-postgres-error.ts';
import type { ServerBinaries } from './find-server-binaries.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { commandAs, type ServerIdentity } from './server-identity.ts';
import { stopWithParent } from './stop-with-parent.ts';

/** Crash recovery replays the log since the last checkpoint: minutes, at worst, with max_wal_size 4 GB. */
const READY_TIMEOUT_MS = 600_000;
const MAX_LOG_BYTES = 10 * 1024 * 1024;

export type ServerProcess = {
  readonly pid: number;
  /** Settles when the server has ended, whoever ended it. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Fast shutdown; immediate when that takes longer than the limit. */
  stop(timeoutMs: number): Promise<void>;
};

/** Starts `postgres` on a cluster and waits until it accepts connections. */
export async function launchServer(options: {
  dataDir: string;
  clusterDir: string;
  binaries: ServerBinaries;
  identity: ServerIdentity;
  settings: Readonly<Record<string, string>>;
}): Promise<ServerProcess> {
  const { dataDir, clusterDir, identity } = options;
  const logFile = path.join(dataDir, 'server.log');
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) {
    renameSync(logFile, `${logFile}.1`);
  }
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const settings = Object.entries(options.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const run = commandAs(identity, options.binaries.postgres, ['-D', clusterDir, ...settings]);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(run.command, run.args, {
    ...run.credentials,
    cwd: dataDir,
    // Its own process group: Ctrl-C reaches the launcher, which stops the server last.
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC' },
  });
  closeSync(log);
  const exited = exitOf(child);
  const pid = child.pid;
  if (pid === undefined) {
    await exited;
    throw new EmbeddedPostgresError('START_FAILED', `${run.command} could not be started.`);
  }
  const endWatch = stopWithParent(pid);
  void exited.then(endWatch);

  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const file = readPostmasterFile(clusterDir);
    if (file?.pid !== undefined && file.ready && !ended) break;
    if (ended || performance.now() > deadline) {
      if (!ended) child.kill('SIGQUIT');
      const output = readFileSync(logFile).subarray(logStart).toString();
      throw explainServerOutput(output, 'Starting PostgreSQL', dataDir);
    }
    await sleep(10);
  }
  return {
    pid,
    exited,
    stop: (timeoutMs) => stopServer(child, exited, timeoutMs),
  };
}

function exitOf(child: ChildProcess): ServerProcess['exited'] {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

/** PostgreSQL, "Shutting Down the Server": SIGINT is fast, SIGQUIT immediate (recovery at the next start). */
async function stopServer(
  child: ChildProcess,
  exited: ServerProcess['exited'],
  timeoutMs: number,
): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), timeoutMs);
  await exited;
  clearTimeout(timer);
}
