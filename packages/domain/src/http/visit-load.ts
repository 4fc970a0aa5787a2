import type { Clock } from '../clock.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import type { HttpPort, SiteOutcome } from './http-port.ts';
import { QuietLane } from './quiet-lane.ts';
import { VisitGate } from './visit-gate.ts';

const WINDOW_MS = 250;
/** Time for a lowered limit to have its effect: visits under way end, and their sockets are closed. */
const SETTLE_MS = 500;
/** Share of a visit for which the process stood still that was not there for it. */
const STOOD_STILL_SHARE = 0.5;

/** What this process went through during a visit. */
export interface VisitStrain {
  /** How long the process was kept from its work. */
  readonly stalledMs: number;
  /** Connections took far longer than they must, or sockets ran out: more was under way than could be carried. */
  readonly wasCongested: boolean;
}

/** The visits of one process, whatever batch or campaign they are for, and what they make of it. */
export class VisitLoad {
  readonly gate: VisitGate;
  readonly #quiet = new QuietLane();
  readonly #clock: Clock;
  readonly #limit = new AdaptiveLimit();
  #users = 0;
  #endWatch: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.gate = new VisitGate(
      () => this.#limit.limit,
      () => clock.nowMs() - clock.stalledMs(),
    );
  }

  /** Visits that may be active at once at present. */
  get limit(): number {
    return this.#limit.limit;
  }

  /** Watches the load until the returned function is called; to be called around all visits. */
  use(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#endWatch = this.#watch();
    return () => {
      this.#users -= 1;
      if (this.#users === 0) this.#endWatch();
    };
  }

  /** To be called when a visit begins; the returned function takes its outcome and says what it went through. */
  begin(timeoutMs: number): (outcome: SiteOutcome) => VisitStrain {
    const stalledBeforeMs = this.#clock.stalledMs();
    const congestionsBefore = this.#limit.congestions;
    const wasCongested = this.#limit.isCongested;
    return (outcome) => {
      this.#learn(outcome, timeoutMs);
      return {
        stalledMs: this.#clock.stalledMs() - stalledBeforeMs,
        wasCongested: wasCongested || this.#limit.congestions > congestionsBefore,
      };
    };
  }

  /** A place for a second visit, left by calling what it gives; not before the limit has learnt from the first. */
  async enterQuietly(signal: AbortSignal): Promise<() => void> {
    await pause(this.#clock, SETTLE_MS, signal);
    const leave = await this.#quiet.enter(signal);
    const enteredMs = this.#clock.nowMs();
    const stalledBeforeMs = this.#clock.stalledMs();
    return () => {
      const stalledMs = this.#clock.stalledMs() - stalledBeforeMs;
      leave(stalledMs > (this.#clock.nowMs() - enteredMs) * STOOD_STILL_SHARE);
    };
  }

  #learn({ hops }: SiteOutcome, timeoutMs: number): void {
    const inFlight = this.gate.active;
    for (const { connectMs } of hops) {
      if (connectMs !== null) this.#limit.seeConnection(connectMs / timeoutMs, inFlight);
    }
    if (hops.some(({ failure }) => failure?.isLocal === true)) this.#limit.seeLocalFailure(inFlight);
    else this.#limit.seeEnd(inFlight);
  }

  #watch(): () => void {
    let seenMs = this.#clock.nowMs();
    let stalledMs = this.#clock.stalledMs();
    return this.#clock.every(WINDOW_MS, () => {
      const nowMs = this.#clock.nowMs();
      const stalledNowMs = this.#clock.stalledMs();
      this.#limit.seeWindow({
        durationMs: nowMs - seenMs,
        stalledMs: stalledNowMs - stalledMs,
        inFlight: this.gate.active,
      });
      seenMs = nowMs;
      stalledMs = stalledNowMs;
      this.gate.refresh();
    });
  }
}

function pause(clock: Clock, durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const end = clock.every(durationMs, () => {
      settle();
      resolve();
    });
    const onAbort = (): void => {
      settle();
      reject(signal.reason);
    };
    const settle = (): void => {
      end();
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort);
  });
}

const loads = new WeakMap<HttpPort, VisitLoad>();

/** The load of the process that this port belongs to: all its batches share it. */
export function visitLoad({ http, clock }: { http: HttpPort; clock: Clock }): VisitLoad {
  const engine = http.decorates ?? http;
  const known = loads.get(engine) ?? new VisitLoad(clock);
  loads.set(engine, known);
  return known;
}
