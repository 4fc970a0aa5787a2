import type { Sql } from 'postgres';

/** Removes what is kept for a day only: events, answers to idempotency keys, uploads never finished, silent workers. */
export async function removeExpired(sql: Sql): Promise<void> {
  await sql`DELETE FROM events WHERE id IN (
    SELECT id FROM events WHERE at < now() - interval '1 day' ORDER BY at LIMIT 50000)`;
  await sql`DELETE FROM idempotency_keys WHERE created_at < now() - interval '1 day'`;
  await sql`DELETE FROM upload_names WHERE created_at < now() - interval '1 day'`;
  await sql`DELETE FROM workers WHERE seen_at < now() - interval '1 day'`;
  await sql`DELETE FROM event_streams s WHERE NOT EXISTS (SELECT FROM campaigns c WHERE c.id = s.stream)
    AND NOT EXISTS (SELECT FROM events e WHERE e.stream = s.stream)`;
}
