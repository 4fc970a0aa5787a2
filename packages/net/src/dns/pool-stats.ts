import type { Transport } from '@domainflow/domain/persona/resolver-address.ts';
import type { EjectionReason } from './resolver-health.ts';

/** What one resolver of a pool has done since the pool was opened, and how it stands. Plain data. */
export interface ResolverStats {
  /** `address:port`, or the URL of DoH: as in the evidence of verdicts. */
  readonly resolver: string;
  /** Queries that may be in flight at once. */
  readonly window: number;
  readonly inFlight: number;
  /** It is put aside, or cannot be reached: others are asked first. */
  readonly isDown: boolean;
  /** Why it is put aside: no replies, only replies that decide nothing, or no connection; null where it is not. */
  readonly ejection: EjectionReason | null;
  /** How often it has been put aside. */
  readonly ejections: number;
  /** Why it could not be reached, or that it is asked more slowly than it could be, in words; null: nothing. */
  readonly problem: string | null;
  readonly queries: number;
  readonly replies: number;
  /** Queries whose time ran out. */
  readonly timeouts: number;
  /** Queries whose connection was refused, or ended before the reply. */
  readonly lost: number;
  /** Replies by RCODE mnemonic. */
  readonly rcodes: Readonly<Record<string, number>>;
  /** Share of the queries that brought no NOERROR and no NXDOMAIN, those in flight aside; null without any. */
  readonly errorRate: number | null;
  /** Round-trip times in milliseconds: smoothed, median, 95%; null without a reply. */
  readonly latency: { readonly smoothedMs: number; readonly p50Ms: number; readonly p95Ms: number } | null;
  /** Limit now, in queries per second; null where there is none. */
  readonly queriesPerSecond: number | null;
  /** False once it was seen to change the case of letters: it is asked without random case. */
  readonly keepsCase: boolean;
}

/** What a pool has done so far, and the state of its resolvers. Plain data. */
export interface PoolStats {
  readonly transport: Transport;
  readonly questions: number;
  readonly answers: number;
  readonly queries: number;
  readonly timeouts: number;
  /** Replies whose id nobody waits for: late, or guessed. */
  readonly unexpected: number;
  /** Replies with a right id and another question. */
  readonly forged: number;
  /** Replies that changed the case of letters, and were not believed. */
  readonly caseLost: number;
  readonly malformed: number;
  readonly truncated: number;
  readonly socketErrors: number;
  readonly inUse: number;
  readonly resolvers: readonly ResolverStats[];
}
