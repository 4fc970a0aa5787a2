import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PageServer extends AsyncDisposable {
  readonly port: number;
}

/** Starts the server of `page-process.ts`, with a page of so many octets, and so many a second of those that drip. */
export async function startPageServer(octets: number, dripOctets: number): Promise<PageServer> {
  const file = fileURLToPath(new URL('./page-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, String(octets), String(dripOctets)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => Number(line)),
    exited.then(([code]) => Promise.reject(new Error(`The page server ended with code ${code}.`))),
  ]);
  return {
    port: first,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}
