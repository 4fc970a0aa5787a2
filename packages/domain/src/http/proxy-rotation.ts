import type { Proxy, ProxyHealth, ProxyPool } from './proxy-pool.ts';

interface Member {
  readonly proxy: Proxy;
  connections: number;
  requests: number;
  failures: number;
  inARow: number;
  lastFailure: string | null;
  /** Null while healthy; otherwise when one request may try it again. */
  retryAtMs: number | null;
  pauseMs: number;
  isProbing: boolean;
  /** When its rate lets the next request through. */
  readyAtMs: number;
  /** Counts choices, so that those unused for longest come first among equals. */
  lastTurn: number;
}

/** How a use of a proxy ended, as far as the proxy is concerned. */
export type ProxyUse = { readonly ok: true } | { readonly ok: false; readonly detail: string };

export type ProxyChoice =
  /** `end` is to be called once, with null where the proxy never came to show what it is. */
  | { readonly proxy: Proxy; readonly end: (use: ProxyUse | null, nowMs: number) => void }
  /** All that work are at their limits; room may come after `waitMs`, or when a use ends. */
  | { readonly proxy: null; readonly waitMs: number; readonly isDead: false }
  /** None works; the first may be tried again after `waitMs`. */
  | { readonly proxy: null; readonly waitMs: number; readonly isDead: true };

/** Bursts that a rate allows: a tenth of a second's requests, at least one. */
const BURST_SECONDS = 0.1;
const AT_MOST_WAIT_MS = 1_000;

/** Which proxy of a pool is next: rotation, limits, ejection, and return after growing pauses. Pure but for its state. */
export class ProxyRotation {
  readonly #pool: ProxyPool;
  readonly #members: readonly Member[];
  readonly #random: () => number;
  #turn = 0;
  #next = 0;

  /** `random` gives numbers from 0 up to 1. */
  constructor(pool: ProxyPool, random: () => number) {
    this.#pool = pool;
    this.#random = random;
    this.#members = pool.proxies.map((proxy) => ({
      proxy,
      connections: 0,
      requests: 0,
      failures: 0,
      inARow: 0,
      lastFailure: null,
      retryAtMs: null,
      pauseMs: pool.pauseMs,
      isProbing: false,
      readyAtMs: 0,
      lastTurn: 0,
    }));
  }

  /** `key`: what a sticky rotation sticks to. `without`: proxies that this request has tried in vain. */
  choose(key: string, nowMs: number, without: ReadonlySet<string> = new Set()): ProxyChoice {
    const left = this.#members.filter(({ proxy }) => !without.has(proxy.id));
    const due = left.find((member) => isDue(member, nowMs));
    const healthy = left.filter(({ retryAtMs }) => retryAtMs === null);
    // One request at a time finds out whether an ejected proxy works again.
    if (due !== undefined && hasRoom(due, nowMs)) return this.#take(due, nowMs);
    if (healthy.length === 0) {
      const times = left.map(({ retryAtMs }) => (retryAtMs ?? nowMs) - nowMs).filter((ms) => ms > 0);
      return { proxy: null, isDead: true, waitMs: times.length === 0 ? 0 : Math.min(...times) };
    }
    const free = healthy.filter((member) => hasRoom(member, nowMs));
    const chosen = this.#pick(free, healthy, key);
    if (chosen !== undefined) return this.#take(chosen, nowMs);
    const waits = healthy.map(({ readyAtMs }) => readyAtMs - nowMs).filter((ms) => ms > 0);
    return { proxy: null, isDead: false, waitMs: Math.min(AT_MOST_WAIT_MS, ...waits) };
  }

  health(): ProxyHealth[] {
    return this.#members.map(({ proxy, connections, requests, failures, lastFailure, retryAtMs }) => ({
      id: proxy.id,
      state: retryAtMs === null ? 'healthy' : 'ejected',
      connections,
      requests,
      failures,
      lastFailure,
      retryAtMs,
    }));
  }

  #pick(free: readonly Member[], healthy: readonly Member[], key: string): Member | undefined {
    switch (this.#pool.rotation) {
      case 'round_robin': {
        const count = this.#members.length;
        for (let step = 0; step < count; step++) {
          const member = this.#members[(this.#next + step) % count];
          if (member === undefined || !free.includes(member)) continue;
          this.#next = (this.#next + step + 1) % count;
          return member;
        }
        return undefined;
      }
      case 'random':
        return free[Math.floor(this.#random() * free.length)];
      case 'sticky': {
        // By rendezvous: when a proxy goes, only what stuck to it moves.
        const best = highest(healthy, ({ proxy }) => hashOf(`${proxy.id}\n${key}`));
        return best !== undefined && free.includes(best) ? best : undefined;
      }
      case 'least_used':
        return highest(free, (member) => -(member.connections + member.lastTurn / 2 ** 40));
    }
  }

  #take(member: Member, nowMs: number): ProxyChoice {
    const { proxy } = member;
    member.connections += 1;
    member.requests += 1;
    member.lastTurn = ++this.#turn;
    member.isProbing = member.retryAtMs !== null;
    const isProbe = member.isProbing;
    if (proxy.requestsPerSecond !== null) {
      const stepMs = 1_000 / proxy.requestsPerSecond;
      member.readyAtMs = Math.max(member.readyAtMs, nowMs - BURST_SECONDS * 1_000) + stepMs;
    }
    let isOpen = true;
    const end = (use: ProxyUse | null, endedMs: number): void => {
      if (!isOpen) return;
      isOpen = false;
      member.connections -= 1;
      if (isProbe) member.isProbing = false;
      if (use === null) return;
      if (use.ok) this.#succeeded(member);
      else this.#failed(member, use.detail, isProbe, endedMs);
    };
    return { proxy, end };
  }

  #succeeded(member: Member): void {
    member.inARow = 0;
    member.retryAtMs = null;
    member.pauseMs = this.#pool.pauseMs;
  }

  #failed(member: Member, detail: string, isProbe: boolean, nowMs: number): void {
    member.failures += 1;
    member.inARow += 1;
    member.lastFailure = detail;
    if (isProbe) {
      member.pauseMs = Math.min(member.pauseMs * 2, Math.max(this.#pool.maxPauseMs, this.#pool.pauseMs));
      member.retryAtMs = nowMs + member.pauseMs;
    } else if (member.retryAtMs === null && member.inARow >= this.#pool.ejectAfterFailures) {
      member.retryAtMs = nowMs + member.pauseMs;
    }
  }
}

const isDue = ({ retryAtMs, isProbing }: Member, nowMs: number): boolean =>
  retryAtMs !== null && retryAtMs <= nowMs && !isProbing;

const hasRoom = ({ proxy, connections, readyAtMs }: Member, nowMs: number): boolean =>
  connections < proxy.maxConnections && readyAtMs <= nowMs;

function highest<T>(items: readonly T[], rate: (item: T) => number): T | undefined {
  let best: T | undefined;
  let bestRate = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const itemRate = rate(item);
    if (itemRate > bestRate) {
      best = item;
      bestRate = itemRate;
    }
  }
  return best;
}

/** FNV-1a with a final mix, so that like keys spread. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
