import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface StartedProcess extends AsyncDisposable {
  readonly stdin: Writable;
  /** The first line that it printed. */
  readonly firstLine: string;
}

/**
 * Starts a TypeScript file in a process of its own, so that its work does not count as that of what is measured, and waits
 * for its first line. It is to end with its standard input.
 */
export async function startProcess(file: string, args: readonly string[]): Promise<StartedProcess> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const firstLine = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(([code]) => Promise.reject(new Error(`${file} ended with code ${code}.`))),
  ]);
  return {
    stdin: child.stdin,
    firstLine,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}
