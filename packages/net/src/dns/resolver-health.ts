import { LatencyHistogram } from './latency-histogram.ts';
import { rcodeName } from './wire/codes.ts';

/** So many questions without a reply since the last one, all told of the resolver: it is dead. */
const DEAD_AFTER_TIMEOUTS = 4;
/** For so long it has had no reply at all although many were due: it is dead, and not only slow. */
const DEAD_AFTER_MS = 1_000;
/** So many replies in a row that decide nothing (SERVFAIL, REFUSED, referrals): it cannot help. */
const UNHELPFUL_AFTER = 20;
/** The same for one that has never decided anything. */
const UNHELPFUL_AT_FIRST_AFTER = 5;
/** So many failed connections in a row: it cannot be reached. */
const UNREACHABLE_AFTER = 3;
/** So many refusals of EDNS in a row: it is asked without. */
const WITHOUT_EDNS_AFTER = 3;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** Health for this long after a return, and the next pause is short again. */
const TRUSTED_AGAIN_MS = 30_000;
/** Weight of the newest reply in the smoothed latency. */
const NEWEST = 1 / 64;
const RCODES_COUNTED = 32;

/** Why a resolver is not asked for now. */
export type EjectionReason = 'silent' | 'unhelpful' | 'unreachable';

export interface ReplySeen {
  readonly rcode: number;
  readonly rttMs: number;
  /** It ends its question. */
  readonly isDecided: boolean;
  /** The name has not failed at a resolver that answers others, so that a failure is the resolver's own. */
  readonly isTelling: boolean;
}

/** What is known of one resolver: counts for people, and whether it is put aside for now. */
export class ResolverHealth {
  queries = 0;
  replies = 0;
  timeouts = 0;
  /** Queries whose connection ended or was refused. */
  lost = 0;
  ejections = 0;
  ejection: EjectionReason | null = null;
  /** Why it could not be reached when last tried, in words. */
  problem: string | null = null;
  /** It repeats questions as they were asked, letter case included. */
  keepsCase = true;
  /** It reads queries with EDNS. */
  speaksEdns = true;
  /** It has answered a name, and has not been put aside as unhelpful since. */
  isProven = false;
  readonly #latency = new LatencyHistogram();
  readonly #rcodes = new Uint32Array(RCODES_COUNTED);
  #smoothedMs = 0;
  #ednsRefused = 0;
  #caseKept = 0;
  #caseLost = 0;
  #downSinceMs: number | null = null;
  #repliedAtMs = Number.NEGATIVE_INFINITY;
  #timeoutsInRow = 0;
  #undecidedInRow = 0;
  #lostInRow = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #probeAtMs = 0;
  #returnedAtMs = Number.NEGATIVE_INFINITY;

  /** A reply, however late. */
  replied({ rcode, rttMs, isDecided, isTelling }: ReplySeen, nowMs: number): void {
    this.replies += 1;
    this.#repliedAtMs = nowMs;
    this.#timeoutsInRow = 0;
    this.#lostInRow = 0;
    const bucket = rcode < RCODES_COUNTED ? rcode : RCODES_COUNTED - 1;
    this.#rcodes[bucket] = (this.#rcodes[bucket] as number) + 1;
    this.#latency.add(rttMs);
    this.#smoothedMs = this.replies === 1 ? rttMs : this.#smoothedMs + (rttMs - this.#smoothedMs) * NEWEST;
    if (isDecided) {
      this.#undecidedInRow = 0;
      this.isProven = true;
      if (this.ejection !== null) this.#return(nowMs);
      return;
    }
    if (isTelling) this.#undecidedInRow += 1;
    const most = this.isProven ? UNHELPFUL_AFTER : UNHELPFUL_AT_FIRST_AFTER;
    if (this.#undecidedInRow >= most) this.#eject('unhelpful', nowMs);
    else if (this.ejection === 'silent' || this.ejection === 'unreachable') this.#return(nowMs);
  }

  /**
   * `isTelling`: silence says something of the resolver, which it does not for a name met with silence before; nor does
   * it where replies to others came since it was sent.
   */
  timedOut(isTelling: boolean, sentAtMs: number, nowMs: number): void {
    this.timeouts += 1;
    if (!isTelling || this.#repliedAtMs >= sentAtMs) return;
    this.#timeoutsInRow += 1;
    if (this.#timeoutsInRow >= DEAD_AFTER_TIMEOUTS) this.#eject('silent', nowMs);
  }

  /** A connection failed or ended under a query. */
  lostOne(problem: string | null, nowMs: number): void {
    this.lost += 1;
    this.#lostInRow += 1;
    if (problem !== null) this.problem = problem;
    if (this.#lostInRow >= UNREACHABLE_AFTER) this.#eject('unreachable', nowMs);
  }

  /** Cannot be reached at all, for now. */
  unreachable(problem: string, nowMs: number): void {
    this.problem = problem;
    this.#eject('unreachable', nowMs);
  }

  /** To be told every few milliseconds whether the window calls it down. */
  watch(isDown: boolean, nowMs: number): void {
    if (!isDown) this.#downSinceMs = null;
    else if (nowMs - (this.#downSinceMs ??= nowMs) >= DEAD_AFTER_MS) this.#eject('silent', nowMs);
  }

  #eject(reason: EjectionReason, nowMs: number): void {
    if (this.ejection === reason) return;
    if (this.ejection === null) {
      this.ejections += 1;
      if (nowMs - this.#returnedAtMs > TRUSTED_AGAIN_MS) this.#pauseMs = FIRST_PAUSE_MS;
      this.#probeAtMs = nowMs + this.#pauseMs;
    }
    this.ejection = reason;
    if (reason === 'unhelpful') this.isProven = false;
  }

  /** Whether a probe is to be sent now; the next one then waits twice as long, at most `maxPauseMs`. */
  takeProbe(nowMs: number, maxPauseMs = MAX_PAUSE_MS): boolean {
    if (
      this.ejection === null ||
      nowMs < Math.min(this.#probeAtMs, this.#probeAtMs - this.#pauseMs + maxPauseMs)
    )
      return false;
    this.#pauseMs = Math.min(MAX_PAUSE_MS, this.#pauseMs * 2);
    this.#probeAtMs = nowMs + this.#pauseMs;
    return true;
  }

  /** A query with EDNS was answered, or refused with one of the codes for that. */
  sawEdns(isRefused: boolean): void {
    this.#ednsRefused = isRefused ? this.#ednsRefused + 1 : 0;
    if (this.#ednsRefused >= WITHOUT_EDNS_AFTER) this.speaksEdns = false;
  }

  /**
   * Whether a reply repeated the case of letters. One that often does not is asked in plain letters from then on: a
   * forger would have to guess id and port more often than the resolver answers.
   */
  sawCase(isKept: boolean): void {
    if (isKept) {
      this.#caseKept += 1;
      return;
    }
    this.#caseLost += 1;
    if (this.#caseLost >= 2 && this.#caseLost > this.#caseKept) this.keepsCase = false;
  }

  rcodes(): Record<string, number> {
    const seen = [...this.#rcodes.entries()].filter(([, count]) => count > 0);
    return Object.fromEntries(seen.map(([rcode, count]) => [rcodeName(rcode), count]));
  }

  /** Milliseconds; null without a reply. */
  latency(): { readonly smoothedMs: number; readonly p50Ms: number; readonly p95Ms: number } | null {
    const p50Ms = this.#latency.percentileMs(0.5);
    const p95Ms = this.#latency.percentileMs(0.95);
    if (p50Ms === null || p95Ms === null) return null;
    return { smoothedMs: Math.round(this.#smoothedMs * 10) / 10, p50Ms, p95Ms };
  }

  #return(nowMs: number): void {
    this.ejection = null;
    this.problem = null;
    this.#undecidedInRow = 0;
    this.#returnedAtMs = nowMs;
  }
}
