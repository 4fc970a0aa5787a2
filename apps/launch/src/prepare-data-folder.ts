import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '@domainflow/db/embedded/make-folder.ts';
import { LaunchError } from './launch-error.ts';

/**
 * Makes the data folder and sees whether it can be written.
 * @throws LaunchError that says what to do.
 */
export function prepareDataFolder(dataDir: string): void {
  const probe = path.join(dataDir, `.write-test-${randomUUID()}`);
  try {
    // The database server may run as another user (see packages/db/src/embedded): it must be able to enter.
    makeFolder(dataDir);
    writeFileSync(probe, Buffer.alloc(64 * 1024));
    rmSync(probe);
  } catch (cause) {
    rmSync(probe, { force: true });
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw new LaunchError(
      code === 'ENOSPC' || code === 'EDQUOT'
        ? `The disk that holds ${dataDir} is full. Free some space, or choose another folder: npm start -- --data-dir FOLDER.`
        : `The data folder ${dataDir} cannot be written (${String(code)}). Correct its owner, or choose another folder: npm start -- --data-dir FOLDER.`,
      { cause },
    );
  }
}
