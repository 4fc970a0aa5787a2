import { LEAD_EXPORT_COLUMNS } from '@domainflow/domain/scoring/lead-export-columns.ts';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignFixture, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import type { Actor } from '../operation/operation.ts';
import { suppressionOperations } from '../suppressions/operations.ts';
import { exportLeads, leadExportInput } from './export-leads.ts';
import { leadOperations } from './operations.ts';
import { plantLeads } from './testing/plant-leads.ts';

const TITLES = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '＝1',
  '=HYPERLINK("http://x","y")',
  'a,b',
  'say "x"',
  ' space ',
  'ü<&>',
];

let fixture: CampaignFixture;
let actor: Actor;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  const signedIn = await fixture.owner.actor();
  if (signedIn === null) throw new Error('not signed in');
  actor = signedIn;
  await plantLeads(
    fixture,
    TITLES.map((title, index) => ({ name: `t${index}.com`, page: { title, text: 'invoice' } })),
  );
  await plantLeads(fixture, [
    {
      name: 'mail.de',
      page: {
        text: 'invoice',
        links: ['mailto:info@mail.de', 'mailto:jane@other.de', 'mailto:joe@gone.example.org'],
      },
    },
    { name: 'sub.gone.com', page: { text: 'invoice', links: ['mailto:info@sub.gone.com'] } },
  ]);
  await plantLeads(fixture, [{ name: 'foreign.com', page: { text: 'invoice' } }], fixture.other);
});
afterAll(() => fixture.close());

const exported = async (input: Record<string, unknown> = {}): Promise<Uint8Array> => {
  const file = await exportLeads(fixture, actor, leadExportInput.parse(input), null);
  return new Uint8Array(await new Response(file.body).arrayBuffer());
};
const text = async (input: Record<string, unknown>) => new TextDecoder().decode(await exported(input));
const isFormula = (title: string): boolean => /^[=+@＝-]/.test(title);

test('a column is chosen once: an object has no key twice', () => {
  expect(leadExportInput.safeParse({ columns: ['domain', 'domain'] }).success).toBe(false);
  expect(leadExportInput.safeParse({ columns: [] }).success).toBe(false);
  expect(leadExportInput.parse({}).columns).toEqual(LEAD_EXPORT_COLUMNS);
});

test('every format holds the leads that the list shows; cells that a spreadsheet would run are neutralised', async () => {
  const { items } = await fixture.owner.call<{ items: { domain: string }[] }>(leadOperations.list, {
    limit: 100,
  });
  const wanted = items.map(({ domain }) => domain).toSorted();
  const json = JSON.parse(await text({ format: 'json' })) as Record<string, unknown>[];
  expect(json.map(({ domain }) => domain).toSorted()).toEqual(wanted);
  expect(Object.keys(json[0] ?? {})).toEqual(LEAD_EXPORT_COLUMNS);
  const lines = (await text({ format: 'ndjson' })).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(json);
  const csv = parse(await text({ search: 't', columns: ['domain', 'title'] }), { columns: true }) as {
    domain: string;
    title: string;
  }[];
  for (const [index, title] of TITLES.entries()) {
    const row = csv.find(({ domain }) => domain === `t${index}.com`);
    expect(row?.title).toBe(isFormula(title) ? `'${title}` : title);
    expect(json.find(({ domain }) => domain === `t${index}.com`)?.['title']).toBe(title);
  }
});

test('a spreadsheet is a workbook of one sheet with texts and numbers', async () => {
  const parts = unzipSync(
    await exported({ format: 'xlsx', columns: ['domain', 'title', 'score', 'emails'] }),
  );
  expect(Object.keys(parts).toSorted()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet.match(/<row>/g)).toHaveLength(TITLES.length + 3);
  expect(sheet).toContain('<t xml:space="preserve">\'=1+1</t>');
  expect(sheet).toContain('ü&lt;&amp;&gt;');
  expect(sheet).not.toContain('<f>');
  expect(sheet).toMatch(/<c><v>\d+<\/v><\/c>/);
});

test('only the leads that are named, of those that one sees, best first', async () => {
  const { items } = await fixture.owner.call<{ items: { leadId: string; domain: string }[] }>(
    leadOperations.list,
    { search: 't', sort: 'domain', order: 'asc' },
  );
  const foreign = await fixture.other.call<{ items: { leadId: string }[] }>(leadOperations.list);
  const chosen = items.slice(2, 5);
  const leadIds = [...chosen, ...foreign.items].map(({ leadId }) => leadId);
  const named = JSON.parse(await text({ format: 'json', leadIds, columns: ['leadId', 'score'] })) as {
    leadId: string;
    score: number;
  }[];
  expect(named.map(({ leadId }) => leadId).toSorted()).toEqual(chosen.map(({ leadId }) => leadId).toSorted());
  expect(named).toEqual(named.toSorted((a, b) => b.score - a.score));
  const one = await text({ leadIds, search: chosen[0]?.domain, columns: ['domain'] });
  expect(one).toBe(`domain\n${chosen[0]?.domain}\n`);
});

test('the best leads of each campaign come first, unless they are to come as they are stored', async () => {
  const domains = async (sort: string) =>
    (await text({ search: 't', sort, columns: ['domain'] })).trimEnd().split('\n').slice(1);
  const stored = await domains('stored');
  expect(stored).toEqual(TITLES.map((_, index) => `t${index}.com`));
  expect((await domains('score')).toSorted()).toEqual(stored.toSorted());
});

test('what is suppressed is neither listed nor exported', async () => {
  const jane = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode('jane@other.de')),
  );
  const hash = [...jane].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  await fixture.owner.call(suppressionOperations.create, {
    entries: ['gone.com', hash.toUpperCase(), '@Example.org'],
  });
  const rows = JSON.parse(await text({ format: 'json', columns: ['domain', 'emails'] })) as Record<
    string,
    unknown
  >[];
  expect(rows.find(({ domain }) => domain === 'mail.de')?.['emails']).toBe('info@mail.de');
  expect(rows.some(({ domain }) => domain === 'sub.gone.com')).toBe(false);
  const listed = await fixture.owner.call<{ items: Record<string, unknown>[] }>(leadOperations.list, {
    hasEmail: true,
  });
  expect(JSON.stringify(listed)).not.toMatch(/jane@|joe@|info@sub/);
  expect(listed.items.find(({ domain }) => domain === 'sub.gone.com')).toMatchObject({
    isSuppressed: true,
    contacts: [],
  });
  const { items } = await fixture.owner.call<{ items: { suppressionId: string; value: string | null }[] }>(
    suppressionOperations.list,
    { covering: 'jane@other.de' },
  );
  expect(items).toMatchObject([{ kind: 'hash', value: null, hash }]);
  const id = items[0]?.suppressionId;
  await expect(fixture.other.call(suppressionOperations.delete, { id })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await fixture.owner.call(suppressionOperations.delete, { id });
  expect(await text({ columns: ['emails'] })).toContain('jane@other.de');
  const bad = fixture.owner.call(suppressionOperations.create, { entries: ['com', 'x@'] });
  await expect(bad).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'entries.0' });
});

test('a lead whose domain is suppressed says so, and shows no evidence, also where it had no contacts', async () => {
  await fixture.owner.call(suppressionOperations.create, { entries: ['t1.com'] });
  const { items } = await fixture.owner.call<{ items: { leadId: string }[] }>(leadOperations.list, {
    search: 't1.com',
  });
  expect(items).toMatchObject([{ domain: 't1.com', contacts: [], isSuppressed: true }]);
  const lead = await fixture.owner.call(leadOperations.get, { id: items[0]?.leadId });
  expect(lead).toMatchObject({ isSuppressed: true, results: [], page: null });
});
