/** What a pool has done so far, and the state of its resolvers. */
export interface PoolStats {
  readonly questions: number;
  readonly answers: number;
  readonly queries: number;
  readonly timeouts: number;
  /** Replies whose id nobody waits for: late, or guessed. */
  readonly unexpected: number;
  /** Replies with a right id and another question. */
  readonly forged: number;
  readonly malformed: number;
  readonly truncated: number;
  readonly socketErrors: number;
  readonly inUse: number;
  readonly resolvers: readonly { resolver: string; window: number; inFlight: number; isDown: boolean }[];
}
