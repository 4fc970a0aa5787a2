import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from './create-test-database.ts';

test('each test database is its own copy and is gone when dropped', async () => {
  const one = await createTestDatabase();
  const other = await createTestDatabase();
  const sql = postgres(one.url, { max: 1 });
  await sql`CREATE TABLE only_here (id int)`;
  const [here] = await sql`SELECT to_regclass('only_here')::text AS name`;
  expect(here).toEqual({ name: 'only_here' });

  const sqlOther = postgres(other.url, { max: 1 });
  const [there] = await sqlOther`SELECT to_regclass('only_here')::text AS name`;
  expect(there).toEqual({ name: null });

  // Dropping works while a client is still connected.
  await one.drop();
  await sql.end({ timeout: 1 }).catch(() => {});
  await sqlOther.end();
  await other.drop();
  const gone = postgres(one.url, { max: 1 });
  await expect(gone`SELECT 1`).rejects.toMatchObject({ code: '3D000' });
  await gone.end();
});
