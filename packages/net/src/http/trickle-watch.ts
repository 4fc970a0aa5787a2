/** For how long a response must have trickled. */
const TRICKLE_MS = 3_000;
/** After a longer silence the count begins anew: a server that thinks does not trickle, and the deadline is for it. */
const SILENCE_MS = 2_000;

/**
 * Notices responses that never come to an end because they come octet by octet: for three seconds nothing but small
 * pieces, without longer silence, and less in all than the least rate. Networks, be they slow, bring whole packets, and
 * such a packet begins the count anew; so does silence.
 */
export class TrickleWatch {
  private readonly bytesPerSecond: number;
  private sinceMs = 0;
  private lastMs = Number.NEGATIVE_INFINITY;
  private octets = 0;

  /** `bytesPerSecond`: the least rate; 0: nothing is a trickle. */
  constructor(bytesPerSecond: number) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Takes note of a piece of the response; gives how it trickled, for people, once it has for long enough. */
  push(octets: number, nowMs: number): string | null {
    const isSilent = nowMs - this.lastMs > SILENCE_MS;
    this.lastMs = nowMs;
    if (octets >= this.bytesPerSecond || isSilent) return this.restart(nowMs);
    this.octets += octets;
    const forMs = nowMs - this.sinceMs;
    if (forMs < TRICKLE_MS) return null;
    if (this.octets * 1_000 >= this.bytesPerSecond * forMs) return this.restart(nowMs);
    return `The response trickled: ${this.octets} octets in ${Math.round(forMs / 100) / 10} s`;
  }

  private restart(nowMs: number): null {
    this.sinceMs = nowMs;
    this.octets = 0;
    return null;
  }
}
