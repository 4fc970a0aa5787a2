import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import type { TestDatabase } from '@domainflow/db/testing/test-database.ts';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRows } from './copy-rows.ts';

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
  await sql`CREATE TABLE copied (id int PRIMARY KEY, text text)`;
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const TARGET = 'copied (id, text)';
const TEXT = 'x'.repeat(1_000);
function* rows(from: number, to: number): Iterable<string> {
  for (let id = from; id < to; id += 1) yield `${id}\t${TEXT}\n`;
}
const count = async (): Promise<number> =>
  (await sql`SELECT count(*)::int AS n FROM copied`)[0]?.['n'] as number;

test('rows of several pieces arrive, each once', async () => {
  await sql.begin((tx) => copyRows(tx, TARGET, rows(0, 2_000)));
  const [found] =
    await sql`SELECT count(*)::int AS n, sum(id)::int AS sum, min(length(text)) AS length FROM copied`;
  expect(found).toEqual({ n: 2_000, sum: 1_999_000, length: 1_000 });
});

test('no rows are no statement', async () => {
  await sql.begin((tx) => copyRows(tx, 'a table that is not there', []));
});

test.each([
  ['at the start', [...rows(0, 1), ...rows(5_000, 7_000)]],
  ['at the end', [...rows(5_000, 7_000), ...rows(0, 1)]],
  ['in what is no row', ['1\t2\t3\n', ...rows(5_000, 7_000)]],
])('what the server refuses %s rejects, and the connection goes on', async (_, refused) => {
  await expect(sql.begin((tx) => copyRows(tx, TARGET, refused))).rejects.toThrow(/duplicate key|extra data/);
  expect(await count()).toBe(2_000);
});

test('a fault in drawing rows takes back what was sent', async () => {
  function* faulty(): Iterable<string> {
    yield* rows(5_000, 6_000);
    throw new Error('defect');
  }
  await expect(sql.begin((tx) => copyRows(tx, TARGET, faulty()))).rejects.toThrow('defect');
  expect(await count()).toBe(2_000);
});
