import type { Clock } from '@domainflow/domain/clock.ts';
import type { ProxyLimits } from '@domainflow/domain/http/proxy-limits.ts';
import type { Proxy, ProxyHealth, ProxyPool, ProxyPoolStats } from '@domainflow/domain/http/proxy-pool.ts';
import { ProxyRotation, type ProxyUse } from '@domainflow/domain/http/proxy-rotation.ts';
import type { Cancellation } from '../cancellation.ts';
import { deadPool } from './proxy-failure.ts';

/** A proxy that is this request's until `end` is called. */
export interface ProxyTurn {
  readonly proxy: Proxy;
  /** It has shown that it works; `tookMs`: how long it took to give the connection. */
  worked(tookMs: number): void;
  /** Null: nothing more was found out about it. */
  end(use: ProxyUse | null): void;
}

/** The proxies of one pool for all visits of the process; visits wait here while all are at their limits. */
export class ProxyTurns {
  private readonly rotation: ProxyRotation;
  private readonly clock: Clock;
  private readonly waiting = new Set<() => void>();

  private readonly onFreed: () => void;

  /** `onFreed`: called when a proxy has room again, which other pools may share. */
  constructor(pool: ProxyPool, clock: Clock, limits: ProxyLimits, onFreed: () => void) {
    this.rotation = new ProxyRotation(pool, Math.random, limits);
    this.clock = clock;
    this.onFreed = onFreed;
  }

  stats(): ProxyPoolStats {
    return this.rotation.stats(this.clock.nowMs());
  }

  health(): ProxyHealth[] {
    return this.rotation.health();
  }

  /** The next proxy. Rejects with `PROXY_ERROR` where none works, or with the reason of a cancellation. */
  async take(key: string, without: ReadonlySet<string>, cancellation: Cancellation): Promise<ProxyTurn> {
    for (;;) {
      cancellation.throwIfCancelled();
      const choice = this.rotation.choose(key, this.clock.nowMs(), without);
      if (choice.proxy !== null) {
        const { proxy, worked, end } = choice;
        return {
          proxy,
          worked: (tookMs) => {
            // It may take many more now.
            if (worked(tookMs, this.clock.nowMs())) this.wakeAll();
          },
          end: (use) => {
            end(use, this.clock.nowMs());
            this.onFreed();
          },
        };
      }
      if (choice.isDead) throw deadPool(this.deadDetail(choice.waitMs));
      await this.room(choice.waitMs, cancellation);
    }
  }

  private deadDetail(waitMs: number): string {
    const last = this.rotation.health().find(({ lastFailure }) => lastFailure !== null)?.lastFailure;
    const next = waitMs > 0 ? `; the next try is in ${Math.ceil(waitMs / 1_000)} s` : '';
    return `No proxy of the pool works${next}${last === undefined ? '' : `: ${last}`}`;
  }

  wakeOne(): void {
    const [wake] = this.waiting;
    wake?.();
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private room(waitMs: number, cancellation: Cancellation): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        cancellation.handler = null;
        settle();
      };
      const wake = (): void => done(resolve);
      const timer = setTimeout(wake, Math.max(5, Math.ceil(waitMs)));
      cancellation.handler = (reason) => done(() => reject(reason));
      this.waiting.add(wake);
    });
  }
}
