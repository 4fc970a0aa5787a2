import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it, enterable by other users. Not `mkdirSync` with `recursive`, which never returns
 * where the file system takes no folders at all (/proc).
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    // Made by another process in between.
    if (!existsSync(folder)) throw error;
  }
}
