import type { Clock } from '@domainflow/domain/clock.ts';
import type { Proxy, ProxyHealth, ProxyPool } from '@domainflow/domain/http/proxy-pool.ts';
import { ProxyRotation, type ProxyUse } from '@domainflow/domain/http/proxy-rotation.ts';
import type { Cancellation } from '../cancellation.ts';
import { brokenProxy } from './proxy-failure.ts';

/** A proxy that is this request's until `end` is called. */
export interface ProxyTurn {
  readonly proxy: Proxy;
  /** Null: nothing was found out about it. */
  end(use: ProxyUse | null): void;
}

/** The proxies of one pool for all visits of the process; visits wait here while all are at their limits. */
export class ProxyTurns {
  private readonly rotation: ProxyRotation;
  private readonly clock: Clock;
  private readonly waiting = new Set<() => void>();

  constructor(pool: ProxyPool, clock: Clock) {
    this.rotation = new ProxyRotation(pool, Math.random);
    this.clock = clock;
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
        const { proxy, end } = choice;
        return {
          proxy,
          end: (use) => {
            end(use, this.clock.nowMs());
            this.wakeOne();
          },
        };
      }
      if (choice.isDead) throw brokenProxy(this.deadDetail(choice.waitMs));
      await this.room(choice.waitMs, cancellation);
    }
  }

  private deadDetail(waitMs: number): string {
    const last = this.rotation.health().find(({ lastFailure }) => lastFailure !== null)?.lastFailure;
    const next = waitMs > 0 ? `; the next try is in ${Math.ceil(waitMs / 1_000)} s` : '';
    return `No proxy of the pool works${next}${last === undefined ? '' : `: ${last}`}`;
  }

  private wakeOne(): void {
    const [wake] = this.waiting;
    wake?.();
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
