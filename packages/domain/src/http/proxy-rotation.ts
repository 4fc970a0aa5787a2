import { type ProxyInUse, ProxyLimits } from './proxy-limits.ts';
import type { Proxy, ProxyFailureKind, ProxyHealth, ProxyPool, ProxyPoolStats } from './proxy-pool.ts';
import { RecentLatency } from './recent-latency.ts';

interface Member {
  readonly proxy: Proxy;
  readonly inUse: ProxyInUse;
  readonly latency: RecentLatency;
  readonly failuresByKind: Partial<Record<ProxyFailureKind, number>>;
  /** Requests of this pool under way for which it has not shown yet that it works. */
  pending: number;
  requests: number;
  failures: number;
  ejections: number;
  inARow: number;
  /** When it last showed that it works. */
  workedAtMs: number;
  lastFailure: string | null;
  /** Null while healthy; otherwise when one request may try it again. */
  retryAtMs: number | null;
  pauseMs: number;
  isProbing: boolean;
  /** Counts choices, so that those unused for longest come first among equals. */
  lastTurn: number;
}

/** How a use of a proxy ended, as far as the proxy is concerned. */
export type ProxyUse =
  /** `tookMs`: how long it took to give the connection. */
  | { readonly ok: true; readonly tookMs: number }
  | { readonly ok: false; readonly kind: ProxyFailureKind; readonly detail: string };

export type ProxyChoice =
  /**
   * `worked` is to be called when the proxy has shown that it works, and says whether that was not known; `end` once, with
   * null where nothing more is known of it then.
   */
  | {
      readonly proxy: Proxy;
      readonly worked: (tookMs: number, nowMs: number) => boolean;
      readonly end: (use: ProxyUse | null, nowMs: number) => void;
    }
  /** All that work are at their limits; room may come after `waitMs`, or when a use ends. */
  | { readonly proxy: null; readonly waitMs: number; readonly isDead: false }
  /** None works; the first may be tried again after `waitMs`. */
  | { readonly proxy: null; readonly waitMs: number; readonly isDead: true };

const AT_MOST_WAIT_MS = 1_000;

/** Which proxy of a pool is next: rotation, limits, ejection, and return after growing pauses. Pure but for its state. */
export class ProxyRotation {
  readonly #pool: ProxyPool;
  readonly #members: readonly Member[];
  readonly #random: () => number;
  readonly #limits: ProxyLimits;
  #turn = 0;
  #next = 0;
  #usedAtMs = Number.NEGATIVE_INFINITY;

  /** `random` gives numbers from 0 up to 1. */
  constructor(pool: ProxyPool, random: () => number, limits = new ProxyLimits()) {
    this.#pool = pool;
    this.#random = random;
    this.#limits = limits;
    this.#members = pool.proxies.map((proxy) => ({
      proxy,
      inUse: limits.useOf(proxy),
      latency: new RecentLatency(),
      failuresByKind: {},
      pending: 0,
      requests: 0,
      failures: 0,
      ejections: 0,
      inARow: 0,
      workedAtMs: Number.NEGATIVE_INFINITY,
      lastFailure: null,
      retryAtMs: null,
      pauseMs: pool.pauseMs,
      isProbing: false,
      lastTurn: 0,
    }));
  }

  /** `key`: what a sticky rotation sticks to. `without`: proxies that this request has tried in vain. */
  choose(key: string, nowMs: number, without: ReadonlySet<string> = new Set()): ProxyChoice {
    this.#usedAtMs = nowMs;
    const left = this.#members.filter(({ proxy }) => !without.has(proxy.id));
    const due = left.find((member) => isDue(member, nowMs));
    const all = left.filter(({ retryAtMs }) => retryAtMs === null);
    // What has failed with one goes to those that are known to work, where there are any.
    const proven = without.size === 0 ? [] : all.filter(hasProof);
    const healthy = proven.length > 0 ? proven : all;
    // One request at a time finds out whether an ejected proxy works again.
    if (due !== undefined && this.#hasRoom(due, nowMs)) return this.#take(due, nowMs);
    if (healthy.length === 0) {
      const times = left.map(({ retryAtMs }) => (retryAtMs ?? nowMs) - nowMs).filter((ms) => ms > 0);
      return { proxy: null, isDead: true, waitMs: times.length === 0 ? 0 : Math.min(...times) };
    }
    const free = healthy.filter((member) => this.#hasRoom(member, nowMs));
    const chosen = this.#pick(free, healthy, key);
    if (chosen !== undefined) return this.#take(chosen, nowMs);
    const waits = healthy.map(({ inUse }) => inUse.readyAtMs - nowMs).filter((ms) => ms > 0);
    return { proxy: null, isDead: false, waitMs: Math.min(AT_MOST_WAIT_MS, ...waits) };
  }

  health(): ProxyHealth[] {
    return this.#members.map((member) => ({
      id: member.proxy.id,
      state: member.retryAtMs === null ? 'healthy' : member.isProbing ? 'probing' : 'ejected',
      connections: member.inUse.connections,
      requests: member.requests,
      failures: member.failures,
      failuresByKind: { ...member.failuresByKind },
      ejections: member.ejections,
      lastFailure: member.lastFailure,
      latency: member.latency.percentiles(),
      retryAtMs: member.retryAtMs,
    }));
  }

  stats(nowMs: number): ProxyPoolStats {
    return { proxies: this.health(), idleMs: nowMs - this.#usedAtMs };
  }

  #hasRoom(member: Member, nowMs: number): boolean {
    // Until it has shown that it works, a dead one must not cost more than what puts it aside.
    const isTrusted =
      hasProof(member) || member.pending < Math.max(1, this.#pool.ejectAfterFailures - member.inARow);
    return isTrusted && this.#limits.hasRoom(member.proxy, member.inUse, nowMs);
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
        return highest(free, (member) => -(member.inUse.connections + member.lastTurn / 2 ** 40));
    }
  }

  #take(member: Member, nowMs: number): ProxyChoice {
    const { proxy, inUse } = member;
    this.#limits.take(proxy, inUse, nowMs);
    member.pending += 1;
    member.requests += 1;
    member.lastTurn = ++this.#turn;
    member.isProbing = member.retryAtMs !== null;
    const isProbe = member.isProbing;
    let isPending = true;
    const settle = (): void => {
      if (isPending) member.pending -= 1;
      isPending = false;
    };
    let isOpen = true;
    const end = (use: ProxyUse | null, endedMs: number): void => {
      if (!isOpen) return;
      isOpen = false;
      inUse.connections -= 1;
      settle();
      this.#usedAtMs = endedMs;
      if (isProbe) member.isProbing = false;
      if (use === null) return;
      if (use.ok) this.#succeeded(member, use.tookMs, endedMs);
      else this.#failed(member, use, { isProbe, beganMs: nowMs, nowMs: endedMs });
    };
    const worked = (tookMs: number, atMs: number): boolean => {
      const isNews = !hasProof(member) || member.retryAtMs !== null;
      settle();
      if (isProbe) member.isProbing = false;
      this.#succeeded(member, tookMs, atMs);
      return isNews;
    };
    return { proxy, worked, end };
  }

  #succeeded(member: Member, tookMs: number, nowMs: number): void {
    member.latency.add(tookMs);
    member.workedAtMs = nowMs;
    member.inARow = 0;
    member.retryAtMs = null;
    member.pauseMs = this.#pool.pauseMs;
  }

  #failed(
    member: Member,
    { kind, detail }: ProxyUse & { readonly ok: false },
    {
      isProbe,
      beganMs,
      nowMs,
    }: { readonly isProbe: boolean; readonly beganMs: number; readonly nowMs: number },
  ): void {
    member.failures += 1;
    member.failuresByKind[kind] = (member.failuresByKind[kind] ?? 0) + 1;
    member.lastFailure = detail;
    // It worked for others meanwhile: what was silent is the target, of which it would have told too late.
    if (kind === 'timeout' && member.workedAtMs >= beganMs) return;
    member.inARow += 1;
    if (isProbe) {
      member.pauseMs = Math.min(member.pauseMs * 2, Math.max(this.#pool.maxPauseMs, this.#pool.pauseMs));
      member.retryAtMs = nowMs + member.pauseMs;
    } else if (member.retryAtMs === null && member.inARow >= this.#pool.ejectAfterFailures) {
      member.ejections += 1;
      member.retryAtMs = nowMs + member.pauseMs;
    }
  }
}

const hasProof = ({ inARow, workedAtMs }: Member): boolean =>
  inARow === 0 && workedAtMs > Number.NEGATIVE_INFINITY;

const isDue = ({ retryAtMs, isProbing }: Member, nowMs: number): boolean =>
  retryAtMs !== null && retryAtMs <= nowMs && !isProbing;

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
