import type { Sql } from 'postgres';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';

const EVENTS_KEPT = '7 days';
/** Answers to idempotency keys, names of uploads that never ended, workers that fell silent. */
const TRACES_KEPT = '1 day';
const ROWS_AT_ONCE = 20_000;

/**
 * Deletes what has been kept long enough. Events go from the lowest id up, so that "older than the oldest there is"
 * means "expired": their followers take a snapshot instead. Any number of processes may call it; one does the work.
 */
export async function expireOldRows(sql: Sql): Promise<{ events: number; idempotencyKeys: number }> {
  const nothing = { events: 0, idempotencyKeys: 0 };
  return sql.begin(async (tx) => {
    const [lock] = await tx<
      { free: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${ADVISORY_LOCKS.expireOldRows}) AS free`;
    if (lock?.free !== true) return nothing;
    const events = await tx`
      DELETE FROM events WHERE id <= (
        SELECT max(id) FROM (
          SELECT id FROM events WHERE at < now() - ${EVENTS_KEPT}::interval ORDER BY at LIMIT ${ROWS_AT_ONCE}
        ) AS old)`;
    const keys = await tx`DELETE FROM idempotency_keys WHERE created_at < now() - ${TRACES_KEPT}::interval`;
    await tx`DELETE FROM upload_names WHERE created_at < now() - ${TRACES_KEPT}::interval`;
    await tx`DELETE FROM workers WHERE seen_at < now() - ${TRACES_KEPT}::interval`;
    // A stream goes with the last of its events, when its campaign is gone: a number is never given out twice.
    await tx`DELETE FROM event_streams s WHERE NOT EXISTS (SELECT FROM campaigns c WHERE c.id = s.stream)
      AND NOT EXISTS (SELECT FROM events e WHERE e.stream = s.stream)`;
    return { events: events.count, idempotencyKeys: keys.count };
  });
}
