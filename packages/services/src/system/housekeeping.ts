import type { Sql } from 'postgres';
import type { Log } from '../operation.ts';

const INTERVAL_MS = 10 * 60_000;
const EVENTS_KEPT = '7 days';
const IDEMPOTENCY_KEYS_KEPT = '1 day';
/** Any constant will do, as long as nothing else locks it. */
const LOCK = 4_715_010;
const ROWS_AT_ONCE = 20_000;

/**
 * Deletes what has been kept long enough: events (their followers take a snapshot instead) and idempotency keys.
 * Events go from the lowest id up, so that "older than the oldest there is" means "expired".
 */
export async function expireOldRows(sql: Sql): Promise<{ events: number; idempotencyKeys: number }> {
  const nothing = { events: 0, idempotencyKeys: 0 };
  return sql.begin(async (tx) => {
    const [lock] = await tx<{ free: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`;
    if (lock?.free !== true) return nothing;
    const events = await tx`
      DELETE FROM events WHERE id <= (
        SELECT max(id) FROM (
          SELECT id FROM events WHERE at < now() - ${EVENTS_KEPT}::interval ORDER BY at LIMIT ${ROWS_AT_ONCE}
        ) AS old)`;
    const keys = await tx`
      DELETE FROM idempotency_keys WHERE created_at < now() - ${IDEMPOTENCY_KEYS_KEPT}::interval`;
    return { events: events.count, idempotencyKeys: keys.count };
  });
}

/** Does so now and then, in whichever process gets to it first. */
export function startHousekeeping(sql: Sql, log: Log): { stop(): void } {
  const run = (): void => {
    expireOldRows(sql).then(
      (deleted) => {
        if (deleted.events > 0 || deleted.idempotencyKeys > 0) log.info(deleted, 'old rows deleted');
      },
      (error: unknown) => log.warn({ err: error }, 'old rows could not be deleted'),
    );
  };
  const timer = setInterval(run, INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}
