import { type DatabaseClients, openDatabase } from '@domainflow/db/client.ts';
import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import type { TestDatabase } from '@domainflow/db/testing/test-database.ts';
import { parse } from 'csv-parse/sync';
import { sql as statement } from 'drizzle-orm';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExportFormat, exportFile } from './export-file.ts';

let database: TestDatabase;
let clients: DatabaseClients;
beforeAll(async () => {
  database = await createTestDatabase();
  clients = openDatabase({ url: database.url, applicationName: 'export-file', maxConnections: 2 });
});
afterAll(async () => {
  await clients.close();
  await database.drop();
});

/** What is special to COPY, JSON, CSV or spreadsheets: every control character, alone and within. */
const TEXTS: readonly (string | null)[] = [
  ...Array.from({ length: 31 }, (_, index) => String.fromCharCode(index + 1)).flatMap((c) => [c, `a${c}b`]),
  ...[null, '', ' ', 'NULL', 'null', '\\N', '\\.', '\\', '\\\\t', '\\u0000', '\u007f', '\u0080', '\ufeff'],
  ...['"', 'say "x"', "it's", 'a,b', '{"a":[1]}', '</script>', '\r\n', 'a\tb\nc\vd', '\u0001\u0002'],
  ...['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\t=1', '\r=1', "'=1"],
  ...['ü', '漢字', '🦊', 'é', '\u2028\u2029', '\ufffd', '\uffff', 'x'.repeat(2_000)],
];

const FROM = statement`
  (SELECT n::int AS n, nullif(v, 'no value') AS v, n % 3 = 0 AS yes, CASE WHEN n % 2 = 0 THEN 'token-' || n END AS token
    FROM unnest(${statement.param(TEXTS.map((text) => text ?? 'no value'))}::text[]) WITH ORDINALITY AS t (v, n)) AS t
  ORDER BY t.n`;

async function exported(format: ExportFormat): Promise<Uint8Array> {
  const file = await exportFile(clients, {
    format,
    name: 'x',
    columns: [
      { name: 'v', value: statement`t.v`, kind: 'text' },
      { name: 'token', value: statement`t.token`, kind: 'token' },
      { name: 'yes', value: statement`nullif(t.yes, true)::text`, kind: 'literal' },
      { name: 'n', value: statement`nullif(t.n, 5)`, kind: 'literal' },
    ],
    from: FROM,
  });
  return new Uint8Array(await new Response(file.body).arrayBuffer());
}
const text = async (format: ExportFormat): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await exported(format));

test('NDJSON and JSON are, octet by octet, what PostgreSQL writes of the same rows', async () => {
  const rows = await clients.db.execute<{ line: string }>(statement`
    SELECT row_to_json(r)::text AS line FROM (
      SELECT v, token, nullif(yes, true) AS yes, nullif(n, 5) AS n FROM ${FROM}) AS r`);
  const lines = rows.map(({ line }) => line);
  expect(lines).toHaveLength(TEXTS.length);
  expect((await text('ndjson')).split('\n')).toEqual([...lines, '']);
  expect(await text('json')).toBe(`[${lines.join(',')}]\n`);
});

test('CSV and XLSX hold every text, with an apostrophe where a spreadsheet would run it', async () => {
  const isRun = (value: string): boolean => /^[=+\-@\t\r＝＋－＠]/.test(value);
  const cells = TEXTS.map((value) => (value === null ? '' : isRun(value) ? `'${value}` : value));
  const csv = parse(await text('csv'), { recordDelimiter: '\n' }) as string[][];
  expect(csv[0]).toEqual(['v', 'token', 'yes', 'n']);
  expect(csv.slice(1).map(([v]) => v)).toEqual(cells);
  expect(csv[2]).toEqual(['a\u0001b', 'token-2', 'false', '2']);
  const sheet = strFromU8(unzipSync(await exported('xlsx'))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet.match(/<row>/g)).toHaveLength(TEXTS.length + 1);
  expect(sheet).toContain('<t xml:space="preserve">say "x"</t></is></c><c/>');
  expect(sheet).toContain('<t xml:space="preserve">\'=1+1</t>');
});
