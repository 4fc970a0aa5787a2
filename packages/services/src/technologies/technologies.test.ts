import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { technologyOperations } from './operations.ts';
import { currentImportIds, fingerprintsWith } from './technology-sets.ts';

const MISSING = '01890000-0000-7000-8000-000000000000';
const COMMUNITY = {
  categories: { '6': { name: 'Ecommerce' } },
  technologies: {
    'Made Up Shop': {
      cats: [6],
      website: 'https://made-up-shop.example',
      scriptSrc: ['cdn\\.made-up-shop\\.example/v([\\d.]+)/\\;version:\\1', '(?=look)around'],
      meta: { generator: '^Made Up Shop(?: ([\\d.]+))?\\;version:\\1' },
      implies: 'PHP',
      dom: '#shop',
    },
    'Source Reader': {
      html: '<link[^>]+href="[^"]*/source-reader/',
      cookies: { sr_session: '', sr_value: '^\\d+$' },
    },
    'Only Dom': { dom: ['.only'] },
    'Half Known': {
      js: { 'Half.version': '^1', HalfKnown: '' },
      dns: { MX: 'mx\\.half-known\\.example', SOA: 'x' },
    },
    Nothing: { website: 'https://nothing.example' },
  },
};

let fixture: ServiceFixture;
let admin: TestClient;
let member: TestClient;
beforeAll(async () => {
  fixture = await openServiceFixture();
  admin = await fixture.signedIn('admin', 'admin');
  member = await fixture.signedIn('member', 'member');
});
afterAll(() => fixture.close());

const tried = async (input: unknown): Promise<Record<string, unknown>[]> =>
  (await member.call<{ items: Record<string, unknown>[] }>(technologyOperations.try, input)).items;

test('the platform’s own are listed, searched and paged', async () => {
  const page = await member.call<{ items: { name: string }[]; nextCursor: string; total: number }>(
    technologyOperations.list,
    { limit: 100 },
  );
  expect(page.total).toBeGreaterThan(200);
  const names = page.items.map(({ name }) => name);
  const next = await member.call<{ items: { name: string }[] }>(technologyOperations.list, {
    cursor: page.nextCursor,
  });
  expect((next.items[0]?.name ?? '') > (names.at(-1) ?? '')).toBe(true);
  expect(await member.call(technologyOperations.list, { search: 'SHOPIF' })).toMatchObject({
    items: [{ name: 'Shopify', source: 'own', categories: ['Shop'], website: 'shopify.com' }],
    total: 1,
  });
  expect(await member.call(technologyOperations.list, { source: 'imported' })).toMatchObject({ total: 0 });
});

test('an import counts what it took and says why it refused the rest; analysis then uses it', async () => {
  const made = await admin.call<{ technologyImportId: string }>(technologyOperations.import, {
    name: 'Community',
    fingerprints: COMMUNITY,
  });
  expect(made).toMatchObject({
    imported: 3,
    patterns: 6,
    refused: {
      technologies: { 'rules for the DOM need a browser': 1, 'it has no pattern': 1 },
      patterns: {
        'the linear engine takes no look-around and no back-references': 1,
        'values of cookies are not kept': 1,
        'values of variables are not kept': 1,
        'records of that type are not kept': 1,
      },
    },
  });
  const html = `<meta name="generator" content="Made Up Shop"><script src="https://cdn.made-up-shop.example/v2.5/a.js"></script>
    <link rel="stylesheet" href="/assets/source-reader/x.css"><script>window.HalfKnown = {}</script>`;
  expect(await tried({ html, headers: { Server: 'nginx/1.26.2' } })).toMatchObject([
    { name: 'Nginx', version: '1.26.2', confidence: 100 },
    { name: 'Made Up Shop', version: '2.5', categories: ['Ecommerce'] },
    { name: 'Half Known' },
    { name: 'Source Reader' },
    { name: 'PHP', evidence: 'implied by Made Up Shop' },
  ]);
  expect(await member.call(technologyOperations.list, { source: 'imported' })).toMatchObject({ total: 3 });
  const { items } = await member.call<{ items: unknown[] }>(technologyOperations.listImports);
  expect(items).toEqual([made]);
  expect(await currentImportIds(fixture.db)).toEqual([made.technologyImportId]);
  const first = await fingerprintsWith(fixture.db, [made.technologyImportId]);
  expect(await fingerprintsWith(fixture.db, [made.technologyImportId])).toBe(first);

  await expect(
    admin.call(technologyOperations.import, { name: 'Community', fingerprints: COMMUNITY }),
  ).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  expect(await admin.call(technologyOperations.deleteImport, { id: made.technologyImportId })).toEqual({
    deleted: true,
  });
  expect(await tried({ html })).toEqual([]);
});

test('an import that an analysis uses is not deleted', async () => {
  const { technologyImportId: id } = await admin.call<{ technologyImportId: string }>(
    technologyOperations.import,
    { name: 'In use', fingerprints: COMMUNITY },
  );
  const [campaign] = await fixture.sql`
    INSERT INTO campaigns (name, type, mode, input, owner_id, created_by)
    SELECT 'uses', enum_first(NULL::campaign_type), enum_first(NULL::campaign_mode), '{}'::jsonb, id, id FROM users LIMIT 1
    RETURNING id`;
  if (campaign === undefined) throw new Error('no user');
  await fixture.db.insert(phaseRuns).values({
    campaignId: campaign['id'] as string,
    phase: 'analysis',
    position: 0,
    status: 'running',
    plan: { config: {}, persona: null, lookupPersona: null, keywordRules: [], technologyImportIds: [id] },
  });
  await expect(admin.call(technologyOperations.deleteImport, { id })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await fixture.db
    .update(phaseRuns)
    .set({ status: 'completed' })
    .where(eq(phaseRuns.campaignId, campaign['id'] as string));
  await admin.call(technologyOperations.deleteImport, { id });
});

test.each([
  [{ name: 'Bad', fingerprints: { hello: 'world' } }, 'fingerprints'],
  [{ name: 'Bad', fingerprints: {} }, 'fingerprints'],
  [{ name: 'Bad', fingerprints: { A: { dom: 'x' } } }, 'fingerprints'],
  [
    { name: 'Bad', fingerprints: { A: { headers: ['x'], scriptSrc: 5, cats: {}, implies: {} } } },
    'fingerprints',
  ],
  [{ name: 'Bad', fingerprints: { technologies: [{ name: 'A', html: 'a' }] } }, 'fingerprints'],
  [{ name: 'Bad', fingerprints: 'a' }, 'fingerprints'],
  [{ name: ' ', fingerprints: COMMUNITY }, 'name'],
  [{ name: 'Bad', fingerprints: [] }, 'fingerprints'],
])('what is no set of fingerprints is refused: %#', async (input, field) => {
  await expect(admin.call(technologyOperations.import, input)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
  expect(await member.call(technologyOperations.listImports)).toEqual({ items: [] });
});

test.each([
  [
    { 'nginx ': { headers: { Server: 'nginx' } }, SHOPIFY: { html: 'shopify' } },
    { refused: { 'the platform knows it itself': 2 }, patterns: {} },
  ],
  [
    { A: { html: '(?<=a)b', scriptSrc: ['(a)\\1', 'x'.repeat(1_001)] } },
    {
      refused: { 'the linear engine takes no look-around and no back-references': 1 },
      patterns: {
        'the linear engine takes no look-around and no back-references': 2,
        'the expression is too long': 1,
      },
    },
  ],
])('what cannot be used is refused with why, and nothing is kept: %#', async (fingerprints, details) => {
  await expect(admin.call(technologyOperations.import, { name: 'Bad', fingerprints })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'fingerprints',
    details,
  });
  expect(await member.call(technologyOperations.listImports)).toEqual({ items: [] });
});

test('a name that stands there twice counts once', async () => {
  const made = await admin.call<{ technologyImportId: string }>(technologyOperations.import, {
    name: 'Twice',
    fingerprints: { Acme: { html: 'acme-one' }, ' Acme': { html: 'acme-two' } },
  });
  expect(made).toMatchObject({
    imported: 1,
    patterns: 1,
    refused: { technologies: { 'the file has it twice': 1 } },
  });
  await admin.call(technologyOperations.deleteImport, { id: made.technologyImportId });
});

test('members look and try; administrators import and delete', async () => {
  const input = { name: 'Mine', fingerprints: COMMUNITY };
  await expect(member.call(technologyOperations.import, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(member.call(technologyOperations.deleteImport, { id: MISSING })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(admin.call(technologyOperations.deleteImport, { id: MISSING })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(fixture.client().call(technologyOperations.list)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
});

test('trying out takes HTML or a URL, and says where a URL gives nothing', async () => {
  await expect(tried({})).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'html' });
  await expect(tried({ html: 'x', url: 'https://a.example/' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  await expect(tried({ url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'url',
  });
  expect(await tried({ html: '', dns: { mx: ['aspmx.l.google.com'] } })).toMatchObject([
    { name: 'Google Workspace', evidence: 'DNS MX: aspmx.l.google.com' },
  ]);
});
