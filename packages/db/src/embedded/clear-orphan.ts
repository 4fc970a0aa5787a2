import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { commandLineOf, identifyProcess, isRunning } from './process-identity.ts';

const SHUTDOWN_TIMEOUT_MS = 120_000;

/**
 * Clears what a start that was killed left behind: a server that still runs on the cluster is shut down in order
 * (it may have another port and other settings than this start wants), and a stale pid file is removed, since its
 * number may belong to some other program by now.
 */
export async function clearOrphan(clusterDir: string): Promise<void> {
  const file = readPostmasterFile(clusterDir);
  if (file === undefined) return;
  const orphan = identifyProcess(file.pid);
  if (orphan === undefined || !commandLineOf(file.pid).includes(clusterDir)) {
    rmSync(path.join(clusterDir, 'postmaster.pid'), { force: true });
    return;
  }
  // Fast shutdown: clients are disconnected, transactions rolled back, a checkpoint is written.
  process.kill(orphan.pid, 'SIGINT');
  const deadline = performance.now() + SHUTDOWN_TIMEOUT_MS;
  while (isRunning(orphan)) {
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        'DATA_FOLDER_IN_USE',
        `A PostgreSQL server that was left behind (process ${orphan.pid}) still uses ${clusterDir} and does not stop. Stop it and start again.`,
      );
    }
    await sleep(20);
  }
}
