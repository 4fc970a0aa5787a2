import { execFileSync } from 'node:child_process';

/** The repository's files, tracked or new, without what git ignores. Paths are relative to the root. */
export function repositoryFiles(root: string): string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return output
    .toString()
    .split('\0')
    .filter((file) => file !== '');
}
