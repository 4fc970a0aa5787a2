import { startProcess } from './start-process.ts';

export interface LossProxy extends AsyncDisposable {
  /** `address:port` in front of each server, in their order. */
  readonly addresses: readonly string[];
  /** From now on this share of all packets is lost, and these servers (by their place) get nothing. */
  setFaults(loss: number, blackHoled: readonly number[]): void;
}

/** Starts a proxy in front of DNS servers (`address:port`, IPv4), in its own process. */
export async function startLossProxy(servers: readonly string[]): Promise<LossProxy> {
  const proxy = await startProcess(new URL('loss-proxy-process.ts', import.meta.url).pathname, servers);
  const { ports } = JSON.parse(proxy.firstLine) as { readonly ports: readonly number[] };
  return {
    addresses: ports.map((port) => `127.0.0.1:${port}`),
    setFaults: (loss, blackHoled) => void proxy.stdin.write(`${JSON.stringify({ loss, blackHoled })}\n`),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
