import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { expireOldRows } from './expire-old-rows.ts';

test('events older than a week and keys older than a day go, the others stay', async () => {
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 2 });
  await sql`INSERT INTO events (stream, seq, type, payload, at)
    SELECT gen_random_uuid(), n, 'system_alert', '{}', now() - make_interval(days => 10 - n) FROM generate_series(1, 10) AS n`;
  await sql`INSERT INTO idempotency_keys (user_id, key, operation, input_hash, output, created_at)
    SELECT gen_random_uuid(), n::text, 'x', 'x', '{}', now() - make_interval(hours => n * 20) FROM generate_series(1, 3) AS n`;
  expect(await expireOldRows(sql)).toEqual({ events: 3, idempotencyKeys: 2 });
  expect(await expireOldRows(sql)).toEqual({ events: 0, idempotencyKeys: 0 });
  const [left] = await sql<{ lowest: string }[]>`SELECT min(id)::text AS lowest FROM events`;
  expect(left).toEqual({ lowest: '4' });
  await sql.end();
  await database.drop();
});
