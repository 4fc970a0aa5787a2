import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface LossProxy extends AsyncDisposable {
  /** `address:port` in front of each server, in their order. */
  readonly addresses: readonly string[];
  /** From now on this share of all packets is lost, and these servers (by their place) get nothing. */
  setFaults(loss: number, blackHoled: readonly number[]): void;
}

/** Starts a proxy in front of DNS servers (`address:port`, IPv4), in its own process. */
export async function startLossProxy(servers: readonly string[]): Promise<LossProxy> {
  const file = fileURLToPath(new URL('./loss-proxy-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, ...servers], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(([code]) => Promise.reject(new Error(`The proxy ended with code ${code}.`))),
  ]);
  const { ports } = JSON.parse(first) as { readonly ports: readonly number[] };
  return {
    addresses: ports.map((port) => `127.0.0.1:${port}`),
    setFaults: (loss, blackHoled) => void child.stdin.write(`${JSON.stringify({ loss, blackHoled })}\n`),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}
