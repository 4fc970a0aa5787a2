import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { makeFolder } from './make-folder.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

/**
 * Makes the data folder (enterable by the server's user) and claims it for this process.
 * A claim whose process has died is taken over.
 * @returns a function that gives the claim back.
 * @throws EmbeddedPostgresError DATA_FOLDER_IN_USE, DATA_FOLDER_NOT_WRITABLE or DISK_FULL.
 */
export function claimDataFolder(dataDir: string): () => void {
  const file = path.join(dataDir, 'owner.json');
  try {
    makeFolder(dataDir);
    claim(file, dataDir);
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
  return () => rmSync(file, { force: true });
}

function claim(file: string, dataDir: string): void {
  const mine = identifyProcess(process.pid);
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
    const owner = readOwner(file);
    if (owner !== undefined && isRunning(owner)) {
      throw new EmbeddedPostgresError(
        'DATA_FOLDER_IN_USE',
        `The data folder ${dataDir} is used by another DomainFlow that is running (process ${owner.pid}). ` +
          'Stop it first, or choose another folder with DOMAINFLOW_DATA_DIR.',
      );
    }
    rmSync(file, { force: true });
  }
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof owner !== 'object' || owner === null) return undefined;
    const { pid, startTicks } = owner as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof startTicks === 'string' ? { pid, startTicks } : undefined;
  } catch {
    // A claim cut off by a crash or a full disk names nobody.
    return undefined;
  }
}

/** Turns what the file system says about a data folder into a message for the operator. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  if (isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT')) {
    return new EmbeddedPostgresError(
      'DISK_FULL',
      `The disk that holds ${dataDir} is full. Free some space, or choose another folder with DOMAINFLOW_DATA_DIR, and start again.`,
      { cause: error },
    );
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST'].some((code) => isErrno(error, code))) {
    return new EmbeddedPostgresError(
      'DATA_FOLDER_NOT_WRITABLE',
      `The data folder ${dataDir} cannot be written. Choose another folder with DOMAINFLOW_DATA_DIR, or correct its owner.`,
      { cause: error },
    );
  }
  return error;
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
