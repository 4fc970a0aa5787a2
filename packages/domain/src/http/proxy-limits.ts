import type { Proxy } from './proxy-pool.ts';

/** Bursts that a rate allows: a tenth of a second's requests, at least one. */
const BURST_SECONDS = 0.1;

/** What is in use of one proxy, whichever pools it is in. */
export interface ProxyInUse {
  connections: number;
  /** When its rate lets the next request through. */
  readyAtMs: number;
}

/**
 * Limits of proxies within one process: pools that share a proxy share its limits, and living workers have equal parts
 * of them, one connection each at least.
 */
export class ProxyLimits {
  /** Workers that live, this one included. */
  workers = 1;
  readonly #uses = new Map<string, ProxyInUse>();

  useOf({ id }: Proxy): ProxyInUse {
    const known = this.#uses.get(id) ?? { connections: 0, readyAtMs: 0 };
    this.#uses.set(id, known);
    return known;
  }

  hasRoom({ maxConnections }: Proxy, { connections, readyAtMs }: ProxyInUse, nowMs: number): boolean {
    return connections < Math.max(1, Math.floor(maxConnections / this.workers)) && readyAtMs <= nowMs;
  }

  take({ requestsPerSecond }: Proxy, use: ProxyInUse, nowMs: number): void {
    use.connections += 1;
    if (requestsPerSecond === null) return;
    const stepMs = (1_000 / requestsPerSecond) * this.workers;
    use.readyAtMs = Math.max(use.readyAtMs, nowMs - BURST_SECONDS * 1_000) + stepMs;
  }
}
