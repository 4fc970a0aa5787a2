import { spawn } from 'node:child_process';

/**
 * The last resort for a part that does not see its parent's death (stopped, or in an endless loop): a shell that is
 * told of that death by its pipe waits five seconds and kills the process, if it is still that process.
 * @returns a function that ends the watch.
 */
export function killWhenOrphaned(pid: number): () => void {
  const script = `
    started() { cut -d ' ' -f 22 "/proc/$1/stat" 2>/dev/null; }
    before=$(started "$1")
    read -r word
    [ "$word" = done ] && exit 0
    n=0
    while [ $n -lt 50 ]; do
      [ "$(started "$1")" = "$before" ] || exit 0
      sleep 0.1
      n=$((n + 1))
    done
    kill -KILL "$1"`;
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  watcher.on('error', () => {});
  watcher.stdin.on('error', () => {});
  return () => {
    watcher.stdin.end('done\n');
  };
}
