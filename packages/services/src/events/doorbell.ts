import type { Sql } from 'postgres';

/** The channel that says "there may be new events", without saying which. */
export const EVENT_CHANNEL = 'domainflow_events';

/** A process rings at most once in this time: readers fetch all there is at each ring. */
const RING_INTERVAL_MS = 10;

interface Bell {
  ringing: boolean;
  again: boolean;
}

const bells = new WeakMap<Sql, Bell>();

/**
 * Tells readers that events were committed. Call it after the commit (`NOTIFY` inside a transaction takes a lock that
 * all committing writers share); it returns at once, and a ring that fails is made good by the readers' polling.
 */
export function ringDoorbell(sql: Sql): void {
  const bell = bells.get(sql) ?? { ringing: false, again: false };
  bells.set(sql, bell);
  if (bell.ringing) {
    bell.again = true;
    return;
  }
  bell.ringing = true;
  const rest = new Promise((resolve) => setTimeout(resolve, RING_INTERVAL_MS));
  const ring = sql`SELECT pg_notify(${EVENT_CHANNEL}, '')`.catch(() => undefined);
  void Promise.all([ring, rest]).then(() => {
    bell.ringing = false;
    if (!bell.again) return;
    bell.again = false;
    ringDoorbell(sql);
  });
}
