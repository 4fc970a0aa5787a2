import { spawn } from 'node:child_process';

/**
 * Watches over a process that must not outlive this one, even when this one is killed with SIGKILL and can run no
 * code: a shell waits on a pipe, which the system closes when we die, and then shuts the server down (SIGINT).
 * @returns a function that ends the watch without stopping the process.
 */
export function stopWithParent(pid: number): () => void {
  const watcher = spawn(
    '/bin/sh',
    ['-c', 'read -r word; [ "$word" = done ] || kill -INT "$1"', 'sh', String(pid)],
    {
      cwd: '/',
      // In a process group of its own, or Ctrl-C in a terminal would end the watcher before it has watched.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  watcher.unref();
  watcher.stdin.on('error', () => {});
  watcher.on('error', () => {});
  return () => {
    watcher.stdin.end('done\n');
  };
}
