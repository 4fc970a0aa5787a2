import type { SiteOutcome } from '../../http/http-port.ts';
import type { VisitStrain } from '../../http/visit-load.ts';

/** Visits to one domain in all. */
export const MOST_VISITS_TO_ONE = 3;
/** Share of the deadline for which the process must have stood still before a timeout may be its own doing. */
const STALLED_SHARE = 0.1;
/** Servers close connections on which nothing comes: after such a stall a reset may be the answer to it. */
const STALLED_FOR_RESET_MS = 1_000;

/**
 * Whether a visit says something of the site rather than of the process that made it: a failure for want of sockets
 * never does, a timeout only where the process had itself and its network in hand meanwhile.
 */
export function isCredible({ hops }: SiteOutcome, strain: VisitStrain, timeoutMs: number): boolean {
  const wasStrained = strain.wasCongested || strain.stalledMs >= timeoutMs * STALLED_SHARE;
  return !hops.some(({ failure }) => {
    if (failure === null) return false;
    if (failure.isLocal) return true;
    // A site that answered, and did not come to an end, had its time: stalls are granted again, up to the deadline's.
    if (failure.reason === 'TIMEOUT' && failure.afterHead === true) return strain.stalledMs >= timeoutMs;
    if (failure.reason === 'TIMEOUT') return wasStrained;
    return failure.reason === 'CONNECTION_RESET' && strain.stalledMs >= STALLED_FOR_RESET_MS;
  });
}

/** Which of two visits counts: the later one, unless only the earlier one was answered. */
export const betterOf = (earlier: SiteOutcome, later: SiteOutcome): SiteOutcome =>
  later.response === null && earlier.response !== null ? earlier : later;
