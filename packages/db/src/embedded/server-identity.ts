import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { ServerBinaries } from './find-server-binaries.ts';

/** The unprivileged account ("nobody") that a server started by root runs as; it needs no entry in /etc/passwd. */
const UNPRIVILEGED_ID = 65534;

/**
 * How the server's programs are run. PostgreSQL refuses to run as root, so root either becomes another user
 * (`drop`) or, where that user cannot enter the folders, stays itself in a user namespace where it looks like one.
 */
export type ServerIdentity =
  | { readonly kind: 'self' }
  | { readonly kind: 'drop'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'namespace' };

/**
 * Chooses the identity for a data folder, and keeps to the one that an existing cluster was made with:
 * PostgreSQL refuses a data folder of another owner.
 */
export function chooseServerIdentity(
  dataDir: string,
  clusterDir: string,
  binaries: ServerBinaries,
): ServerIdentity {
  const drop = { kind: 'drop', uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } as const;
  const owner = statSync(clusterDir, { throwIfNoEntry: false })?.uid;
  const self = process.getuid?.() ?? 0;
  if (self !== 0) {
    if (owner !== undefined && owner !== self) throw foreignOwner(clusterDir, owner);
    return { kind: 'self' };
  }
  if (owner !== undefined && owner !== 0 && owner !== UNPRIVILEGED_ID) throw foreignOwner(clusterDir, owner);
  if (owner !== 0 && canEnter(drop, dataDir, binaries)) return drop;
  if (owner !== UNPRIVILEGED_ID && namespaceWorks()) return { kind: 'namespace' };
  throw new EmbeddedPostgresError(
    'DATA_FOLDER_UNUSABLE',
    `PostgreSQL does not run as root, and the user with id ${UNPRIVILEGED_ID} cannot enter ${dataDir} or ${binaries.postgres}. ` +
      'Start as an ordinary user, choose a folder that others may enter with DOMAINFLOW_DATA_DIR, or set DATABASE_URL.',
  );
}

/** The command, arguments and credentials that run a program of the server under an identity. */
export function commandAs(
  identity: ServerIdentity,
  program: string,
  args: readonly string[],
): { command: string; args: string[]; credentials: { uid?: number; gid?: number } } {
  switch (identity.kind) {
    case 'self':
      return { command: program, args: [...args], credentials: {} };
    case 'drop':
      return {
        command: program,
        args: [...args],
        credentials: { uid: identity.uid, gid: identity.gid },
      };
    case 'namespace':
      return { command: 'unshare', args: [...namespaceArgs, program, ...args], credentials: {} };
    default:
      return identity satisfies never;
  }
}

const namespaceArgs = ['-U', `--map-user=${UNPRIVILEGED_ID}`, `--map-group=${UNPRIVILEGED_ID}`];

function canEnter(
  identity: { uid: number; gid: number },
  dataDir: string,
  binaries: ServerBinaries,
): boolean {
  const script = 'cd "$1" && test -x "$2" && test -r "$2" && test -x "$3"';
  const probe = spawnSync('/bin/sh', ['-c', script, 'sh', dataDir, binaries.postgres, binaries.initdb], {
    ...identity,
    cwd: '/',
    stdio: 'ignore',
  });
  return probe.status === 0;
}

function namespaceWorks(): boolean {
  return spawnSync('unshare', [...namespaceArgs, 'true'], { cwd: '/', stdio: 'ignore' }).status === 0;
}

function foreignOwner(clusterDir: string, owner: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_FOLDER_UNUSABLE',
    `${clusterDir} belongs to the user with id ${owner}. Start as that user, or choose another folder with DOMAINFLOW_DATA_DIR.`,
  );
}
