import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import type { TestDatabase } from '@domainflow/db/testing/test-database.ts';
import { decodePunycode, encodePunycode } from '@domainflow/domain/domain-name/punycode.ts';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** What the function of migration 0016 promises. */
const spelled = (name: string): string =>
  name
    .split('.')
    .map((label) => {
      const unicode = label.startsWith('xn--') ? decodePunycode(label.slice(4)) : null;
      return unicode === null
        ? label
        : [...unicode]
            .map((each) => (each < '\x80' ? each : `(${each.codePointAt(0)?.toString(16)})`))
            .join('');
    })
    .join('.');

test('names are spelled in the database as Punycode is decoded here, broken ones included', async () => {
  const written = fc
    .string({
      unit: fc.constantFrom('a', 'z', '-', '9', 'ü', 'я', '日', '😀', 'ไ'),
      minLength: 1,
      maxLength: 20,
    })
    .map((label) => `xn--${encodePunycode(label)}`);
  const broken = fc
    .string({ unit: fc.constantFrom(...'abkyz059-'), maxLength: 14 })
    .map((rest) => `xn--${rest}`);
  const plain = fc.constantFrom('www', 'shop-1', 'xn', 'a');
  const label = fc.oneof(written, broken, plain);
  const names = fc.sample(fc.array(label, { minLength: 1, maxLength: 3 }), { numRuns: 2_000, seed: 7 });
  const given = names.map((labels) => labels.join('.'));
  const rows = await sql<{ spelled: string }[]>`
    SELECT spelled_name(name) AS spelled FROM unnest(${given}::text[]) WITH ORDINALITY AS n (name, at) ORDER BY at`;
  expect(rows.map((row) => row.spelled)).toEqual(given.map(spelled));
});
