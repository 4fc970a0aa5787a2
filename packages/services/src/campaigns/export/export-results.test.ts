import { parse } from 'csv-parse/sync';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../operation/operation.ts';
import { campaignOperations } from '../operations.ts';
import { type CampaignFixture, names, openCampaignFixture } from '../testing/campaign-fixture.ts';
import { plantDomains } from '../testing/plant-domains.ts';
import { EXPORT_COLUMNS } from './export-columns.ts';
import type { ExportFile } from './export-file.ts';
import { exportInput, exportResults } from './export-results.ts';

type Row = Record<string, unknown>;

const EXPORTS = 'exports-under-test';

let fixture: CampaignFixture;
let actor: Actor;
/** Has a name by which its connections are found again. */
let sql: Sql;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  const signedIn = await fixture.owner.actor();
  if (signedIn === null) throw new Error('not signed in');
  actor = signedIn;
  sql = postgres(fixture.url, { max: 1, connection: { application_name: EXPORTS } });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await fixture.close();
});

const exported = (input: Row): Promise<ExportFile> =>
  exportResults({ db: fixture.db, sql }, actor, exportInput.parse(input), '192.0.2.9');
const textOf = async (input: Row): Promise<string> => new Response((await exported(input)).body).text();
const listed = async (input: Row): Promise<Row[]> => {
  const { items } = await fixture.owner.call<{ items: Row[] }>(campaignOperations.domains, {
    limit: 1_000,
    ...input,
  });
  return items;
};
const picked = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((column) => [column, row[column]]));
/** A cell as CSV holds it. */
const cell = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';

/** Connections of the exports that are not idle. */
async function busy(): Promise<number> {
  const [row] = await fixture.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE application_name = ${EXPORTS} AND datname = current_database() AND state <> 'idle'`;
  return row?.n ?? -1;
}

/** A campaign over `n` domains, whose names are planted by the database. */
async function campaignOf(n: number): Promise<string> {
  const { campaignId: id } = await fixture.create({ input: { source: 'list', domains: names(1) } });
  await fixture.sql`DELETE FROM domains WHERE campaign_id = ${id}`;
  await fixture.sql`
    INSERT INTO domains (campaign_id, ordinal, name)
    SELECT ${id}, n - 1, 'd' || n || '.com' FROM generate_series(1, ${n}) AS n`;
  return id;
}

test('CSV, JSON and NDJSON hold the rows that the list shows', async () => {
  const { id } = await plantDomains(fixture, 'pipeline', 300);
  for (const filter of [
    {},
    { dnsStatus: 'error' },
    { httpReason: 'OK', minScore: 50 },
    { search: 'nowhere' },
  ]) {
    const rows = await listed({ id, ...filter });
    const file = await exported({ id, ...filter });
    expect(file).toMatchObject({ contentType: 'text/csv; charset=utf-8', filename: `domains-${id}.csv` });
    const csv = parse(await new Response(file.body).text(), { columns: true }) as Row[];
    const all = [...EXPORT_COLUMNS];
    expect(csv).toEqual(
      rows.map((row) => Object.fromEntries(all.map((column) => [column, cell(row[column])]))),
    );
    const json = JSON.parse(await textOf({ id, ...filter, format: 'json' })) as Row[];
    expect(json).toEqual(rows.map((row) => picked(row, all)));
    const lines = (await textOf({ id, ...filter, format: 'ndjson' })).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as Row)).toEqual(rows.map((row) => picked(row, all)));
  }
});

test('columns are those chosen, in the order in which they were', async () => {
  const { id } = await plantDomains(fixture, 'pipeline', 20);
  const columns = ['score', 'domain'];
  const rows = await listed({ id });
  const csv = parse(await textOf({ id, columns })) as string[][];
  expect(csv).toEqual([columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]);
  const [first] = (await textOf({ id, columns, format: 'ndjson' })).split('\n');
  expect(Object.keys(JSON.parse(first ?? '') as Row)).toEqual(columns);
  for (const bad of [{ columns: [] }, { columns: ['ordinal'] }, { format: 'pdf' }, { dnsStatus: 'alive' }]) {
    expect(exportInput.safeParse({ id, ...bad }).success).toBe(false);
  }
});

test('it is whole, whatever the number of rows', async () => {
  for (const n of [0, 1, 1_999, 2_000, 2_001, 4_000, 4_001]) {
    const id = await campaignOf(n);
    const wanted = Array.from({ length: n }, (_, index) => `d${index + 1}.com`);
    const json = JSON.parse(await textOf({ id, format: 'json', columns: ['domain'] })) as Row[];
    expect(json.map(({ domain }) => domain)).toEqual(wanted);
    const csv = parse(await textOf({ id, columns: ['domain'] })) as string[][];
    expect(csv.map(([domain]) => domain)).toEqual(['domain', ...wanted]);
  }
  expect(await busy()).toBe(0);
});

test('the audit log has it before the first row leaves', async () => {
  const id = await campaignOf(3);
  const { body } = await exported({ id, dnsStatus: 'pending', columns: ['domain'] });
  const [entry] = await fixture.sql`
    SELECT user_id, ip_address, details FROM audit_logs WHERE entity_id = ${id} AND action = 'campaigns.export'`;
  expect(entry).toEqual({
    user_id: fixture.owner.userId,
    ip_address: '192.0.2.9',
    details: { format: 'csv', columns: ['domain'], filters: { dnsStatus: 'pending' } },
  });
  await body.cancel();
});

test('a reader that goes away frees the connection, wherever it has got to', async () => {
  const id = await campaignOf(9_000);
  for (const format of ['csv', 'ndjson'] as const) {
    for (const reads of [0, 1, 2, 3]) {
      // With one connection in all: were the one before not given back, this would wait for ever.
      const { body } = await exported({ id, format });
      const reader = body.getReader();
      for (let read = 0; read < reads; read += 1) expect((await reader.read()).done).toBe(false);
      if (reads === 3) expect(await busy()).toBe(1);
      // Also in the middle of a read.
      const pending = reads === 2 ? reader.read() : undefined;
      await reader.cancel('gone');
      await pending;
      await expect.poll(busy, { timeout: 2_000, interval: 10 }).toBe(0);
    }
  }
  expect(parse(await textOf({ id, columns: ['domain'] }))).toHaveLength(9_001);
});

test('a reader that takes nothing for too long gets an error, and its connection is free', async () => {
  const id = await campaignOf(9_000);
  const input = exportInput.parse({ id, format: 'ndjson' });
  const { body } = await exportResults({ db: fixture.db, sql, stallMs: 50 }, actor, input, null);
  const reader = body.getReader();
  await reader.read();
  expect(await busy()).toBe(1);
  await expect.poll(busy, { timeout: 2_000, interval: 10 }).toBe(0);
  const toTheEnd = async () => {
    while (!(await reader.read()).done);
  };
  await expect(toTheEnd()).rejects.toThrow('too long');
  expect(parse(await textOf({ id, columns: ['domain'] }))).toHaveLength(9_001);
});

const breakOff = () => fixture.sql`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = ${EXPORTS} AND datname = current_database()`;
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 100));

test('a database that breaks off ends the stream with an error, never as if it were whole', async () => {
  const id = await campaignOf(9_000);
  for (const [before, after] of [
    [async () => {}, async () => {}],
    // Nobody reads when it happens.
    [aWhile, aWhile],
  ] as const) {
    const { body } = await exported({ id, format: 'ndjson' });
    const reader = body.getReader();
    await reader.read();
    await before();
    await breakOff();
    await after();
    const toTheEnd = async () => {
      while (!(await reader.read()).done);
    };
    await expect(toTheEnd()).rejects.toThrow();
    const rows = async () => (parse(await textOf({ id, columns: ['domain'] })) as string[][]).length;
    await expect.poll(() => rows().catch(() => 0), { timeout: 5_000 }).toBe(9_001);
  }
});
