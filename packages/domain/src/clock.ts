/** Time as the domain sees it, which has none of its own: milliseconds that never go back, from any start. */
export interface Clock {
  nowMs(): number;
  /**
   * How long in all this process was kept from its work: late ticks, summed up. What waits for the network may have
   * been answered meanwhile without anybody noticing.
   */
  stalledMs(): number;
  /** Calls `tick` every `intervalMs`, or later, until the returned function is called. */
  every(intervalMs: number, tick: () => void): () => void;
}
