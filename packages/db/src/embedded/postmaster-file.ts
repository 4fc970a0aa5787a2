import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The part of `postmaster.pid` that we use (PostgreSQL, src/include/utils/pidfile.h). */
export type PostmasterFile = { readonly pid: number; readonly ready: boolean };

/** Reads the file that a running server keeps in its cluster, or `undefined` when there is none. */
export function readPostmasterFile(clusterDir: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}
