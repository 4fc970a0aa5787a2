import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError, explainServerOutput } from './embedded-postgres-error.ts';
import type { ServerBinaries } from './find-server-binaries.ts';
import { commandAs, type ServerIdentity } from './server-identity.ts';

export const SUPERUSER = 'domainflow';

/** A new cluster takes 40 MB; below this a server would stop in the middle of its first write-ahead segments. */
const MIN_FREE_BYTES = 256 * 1024 * 1024;

/**
 * Makes the cluster when it is not there yet, whole or not at all: it is prepared beside its place and then renamed.
 * @returns the superuser's password, kept in a file that only the starting user can read.
 */
export async function initCluster(
  dataDir: string,
  clusterDir: string,
  binaries: ServerBinaries,
  identity: ServerIdentity,
): Promise<string> {
  const passwordFile = path.join(dataDir, 'password');
  await refuseFullDisk(dataDir);
  if (existsSync(path.join(clusterDir, 'PG_VERSION'))) return readPassword(passwordFile, clusterDir);

  const password = randomBytes(24).toString('base64url');
  const unfinished = `${clusterDir}.unfinished`;
  const passwordForInitdb = path.join(dataDir, '.initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordForInitdb, password, { mode: 0o600 });
  try {
    if (identity.kind === 'drop') {
      chownSync(unfinished, identity.uid, identity.gid);
      chownSync(passwordForInitdb, identity.uid, identity.gid);
    }
    await runInitdb(unfinished, passwordForInitdb, binaries, identity, dataDir);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    renameSync(unfinished, clusterDir);
  } finally {
    rmSync(passwordForInitdb, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
  return password;
}

function readPassword(passwordFile: string, clusterDir: string): string {
  try {
    return readFileSync(passwordFile, 'utf8').trim();
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'PASSWORD_MISSING',
      `${passwordFile} cannot be read, but the database in ${clusterDir} is protected by the password in it. Restore that file from a backup.`,
      { cause },
    );
  }
}

async function refuseFullDisk(dataDir: string): Promise<void> {
  const disk = await statfs(dataDir);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes >= MIN_FREE_BYTES) return;
  throw new EmbeddedPostgresError(
    'DISK_FULL',
    `The disk that holds ${dataDir} has ${Math.floor(freeBytes / 1024 / 1024)} MB left; the database needs at least ${MIN_FREE_BYTES / 1024 / 1024} MB. ` +
      'Free some space, or choose another folder with DOMAINFLOW_DATA_DIR.',
  );
}

function runInitdb(
  clusterDir: string,
  passwordFile: string,
  binaries: ServerBinaries,
  identity: ServerIdentity,
  dataDir: string,
): Promise<void> {
  const run = commandAs(identity, binaries.initdb, [
    `--pgdata=${clusterDir}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(run.command, run.args, {
      ...run.credentials,
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC' },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(explainServerOutput(output, 'Making the database cluster', dataDir));
    });
  });
}
