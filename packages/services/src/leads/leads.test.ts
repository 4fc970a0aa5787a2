import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import {
  type CampaignFixture,
  MISSING_ID,
  openCampaignFixture,
} from '../campaigns/testing/campaign-fixture.ts';
import { leadOperations } from './operations.ts';
import { plantFiveLeads } from './testing/five-leads.ts';
import { type Lead, type LeadPage, leadsOf } from './testing/lead-views.ts';
import { plantLeads } from './testing/plant-leads.ts';

let fixture: CampaignFixture;
let second: string;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  ({ second } = await plantFiveLeads(fixture));
});
afterAll(() => fixture.close());

const { list, names, lead } = leadsOf(() => fixture.owner);

describe('the list', () => {
  test('has the leads of all campaigns of the owner, best first, page by page', async () => {
    const all = await list();
    expect(all).toMatchObject({ total: 5, totalExact: true, nextCursor: null });
    const scores = all.items.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const sort of ['score', 'domain', 'updated'])
      for (const order of ['asc', 'desc']) {
        const seen: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await list({ limit: 2, sort, order, ...(cursor ? { cursor } : {}) });
          seen.push(...page.items.map(({ domain }) => domain));
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(seen.toSorted()).toEqual(['alone.com', 'copy.com', 'plain.com', 'rich.de', 'twin.com']);
        if (sort === 'domain')
          expect(seen).toEqual(order === 'asc' ? seen.toSorted() : seen.toSorted().reverse());
      }
    expect((await fixture.admin.call<LeadPage>(leadOperations.list)).total).toBe(6);
  });

  test('is filtered by everything that a lead has', async () => {
    expect(await names({ campaignId: second })).toEqual(['alone.com', 'copy.com']);
    expect(await names({ hasEmail: true })).toEqual(['rich.de']);
    expect(await names({ hasEmail: false, keyword: 'Invoice' })).toEqual(['copy.com', 'plain.com']);
    expect(await names({ language: 'EN' })).toEqual(['copy.com', 'plain.com', 'twin.com']);
    expect(await names({ country: 'de' })).toEqual(['rich.de']);
    expect(await names({ minScore: 30, keyword: 'shop' })).toEqual(['rich.de']);
    expect(await names({ technology: 'nothing' })).toEqual([]);
    expect(await names({ search: 'one' })).toEqual(['alone.com']);
    expect(await names({ search: 'one', hasEmail: true })).toEqual([]);
    expect(await names({ campaignId: MISSING_ID })).toEqual([]);
  });

  test('one or two letters are searched for anywhere in the domain, wildcards as they are', async () => {
    expect(await names({ search: 'IN' })).toEqual(['plain.com', 'twin.com']);
    expect(await names({ search: 'h' })).toEqual(['rich.de']);
    expect(await names({ search: '.d' })).toEqual(['rich.de']);
    expect(await names({ search: '%' })).toEqual([]);
  });
});

describe('facets', () => {
  interface Facets {
    total: number;
    isEstimated: boolean;
    keywords: { value: string; count: number }[];
    languages: { value: string; count: number }[];
    countries: { value: string; count: number }[];
    states: { value: string; count: number }[];
    contacts: { value: string; count: number }[];
  }
  const facets = (input: Record<string, unknown> = {}) =>
    fixture.owner.call<Facets>(leadOperations.facets, input);

  test('count the values of the leads that one sees and that match, the most frequent first', async () => {
    const all = await facets();
    expect(all).toMatchObject({ total: 5, isEstimated: false });
    expect(all.keywords).toEqual([
      { value: 'invoice', count: 3 },
      { value: 'shop', count: 3 },
    ]);
    expect(all.languages).toEqual([
      { value: 'en', count: 3 },
      { value: 'de', count: 1 },
    ]);
    expect(all.countries).toContainEqual({ value: 'de', count: 1 });
    expect(all.states).toEqual([{ value: 'new', count: 5 }]);
    expect(all.contacts).toContainEqual({ value: 'email', count: 1 });
    const some = await facets({ keyword: 'shop', limit: 1 });
    expect(some).toMatchObject({ total: 3, keywords: [{ value: 'shop', count: 3 }] });
    expect(await facets({ campaignId: MISSING_ID })).toMatchObject({ total: 0, keywords: [] });
  });

  test('of many leads are told from a sample, evenly over campaigns', async () => {
    const many = await fixture.signedIn('many', 'member');
    for (const [size, technology] of [
      [9_000, 'nginx'],
      [3_000, 'apache'],
    ] as const) {
      const id = await plantLeads(fixture, [{ name: 'first.com', page: { text: 'invoice' } }], many);
      await fixture.sql`
        INSERT INTO leads (campaign_id, ordinal, domain, url, score, score_parts, keyword_matches, contacts, technologies, state)
        SELECT ${id}, n, 'd' || n || '.com', '', 0, '[]', '[]', '[]', '[]', CASE n % 2 WHEN 0 THEN 'new' ELSE 'rejected' END
        FROM generate_series(1, ${size - 1}) AS n`;
      await fixture.sql`
        INSERT INTO lead_terms (campaign_id, ordinal, domain, terms)
        SELECT ${id}, n, 'd' || n || '.com', ARRAY['technology:' || ${technology}::text] FROM generate_series(1, ${size - 1}) AS n`;
    }
    await fixture.sql`ANALYZE leads`;
    const told = await many.call<Facets & { technologies: { value: string; count: number }[] }>(
      leadOperations.facets,
    );
    expect(told.isEstimated).toBe(true);
    const share = (values: { value: string; count: number }[], name: string): number =>
      (values.find(({ value }) => value === name)?.count ?? 0) / told.total;
    expect(share(told.technologies, 'nginx')).toBeCloseTo(0.75, 1);
    expect(share(told.technologies, 'apache')).toBeCloseTo(0.25, 1);
    expect(share(told.states, 'new')).toBeCloseTo(0.5, 1);
  });
});

test('a lead is edited by its version, and only by who sees it', async () => {
  const { leadId, version } = await lead('plain.com');
  const changed = await fixture.owner.call<Lead>(leadOperations.update, {
    ...{ id: leadId, version, state: 'contacted', tags: ['hot', 'hot', 'q1'], notes: 'Called.' },
  });
  expect(changed).toMatchObject({
    state: 'contacted',
    tags: ['hot', 'q1'],
    notes: 'Called.',
    version: version + 1,
  });
  const again = { id: leadId, version, state: 'new' };
  await expect(fixture.owner.call(leadOperations.update, again)).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  for (const operation of [leadOperations.get, leadOperations.update])
    await expect(fixture.other.call(operation, again)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const tag of ['a,b', 'two\nlines', '\t', 'x'.repeat(51)])
    await expect(
      fixture.owner.call(leadOperations.update, { id: leadId, version: version + 1, tags: [tag] }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'tags.0' });
  expect(await names({ tag: 'hot' })).toEqual(['plain.com']);
  expect(await names({ state: 'contacted' })).toEqual(['plain.com']);
});

test('many leads are decided on at once, by id or by filter, and only as many as expected', async () => {
  const foreign = (await fixture.other.call<LeadPage>(leadOperations.list)).items[0];
  const ids = [(await lead('copy.com')).leadId, foreign?.leadId];
  const many = (input: object) => fixture.owner.call<{ updated: number }>(leadOperations.updateMany, input);
  expect(await many({ leadIds: ids, addTags: ['b'] })).toEqual({ updated: 1 });
  expect(await many({ filter: { keyword: 'shop' }, state: 'qualified', addTags: ['a'] })).toEqual({
    updated: 3,
  });
  await expect(many({ filter: { tag: 'a' }, removeTags: ['a'], expectedCount: 2 })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await names({ tag: 'a' })).toHaveLength(3);
  expect(await many({ filter: { tag: 'a' }, removeTags: ['a'], state: 'new' })).toEqual({ updated: 3 });
  await expect(many({ addTags: ['x'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(many({ filter: {} })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('a lead never loses a tag to the limit: what would be too many changes nothing', async () => {
  const { leadId } = await lead('copy.com');
  const change = (input: object) =>
    fixture.owner.call(leadOperations.updateMany, { leadIds: [leadId], ...input });
  const tags = Array.from({ length: 50 }, (_, index) => `t${index}`);
  await change({ removeTags: ['b'], addTags: tags });
  await expect(change({ addTags: ['one-more'], state: 'contacted' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'addTags',
  });
  expect(await lead('copy.com')).toMatchObject({ tags, state: 'new' });
  await change({ addTags: ['one-more'], removeTags: ['t0'] });
  expect((await lead('copy.com'))['tags']).toEqual([...tags.slice(1), 'one-more']);
  await change({ removeTags: [...tags.slice(1), 'one-more'] });
});

test('decisions on the same leads at once are all made, whatever order they come in', async () => {
  const many = Array.from({ length: 400 }, (_, n) => ({ name: `many-${n}.com`, page: { text: 'invoice' } }));
  const id = await plantLeads(fixture, many);
  const ids = (await list({ campaignId: id, limit: 1_000 })).items.map(({ leadId }) => leadId);
  const change = (input: object) => fixture.owner.call(leadOperations.updateMany, input);
  await Promise.all(
    [0, 1, 2, 3].flatMap((round) => [
      change({ leadIds: ids, addTags: [`up-${round}`] }),
      change({ leadIds: ids.toReversed(), addTags: [`down-${round}`] }),
      change({ filter: { campaignId: id, minScore: 1 }, addTags: [`all-${round}`] }),
    ]),
  );
  for (const tag of ['up-0', 'down-1', 'all-3']) expect((await list({ tag })).total).toBe(400);
  await fixture.owner.call(campaignOperations.delete, { id });
});

test('parts of a domain in other letters find it', async () => {
  await plantLeads(fixture, [
    { name: 'xn--bcher-kva.de', page: { text: 'invoice' } },
    { name: 'xn--e1afmkfd.xn--p1ai', page: { text: 'invoice' } },
  ]);
  const found = async (search: string, more = {}): Promise<string[]> =>
    (await list({ search, ...more })).items.map(({ domain }) => domain);
  expect(await found('üch')).toEqual(['xn--bcher-kva.de']);
  expect(await found('Ü')).toEqual(['xn--bcher-kva.de']);
  expect(await found('риме')).toEqual(['xn--e1afmkfd.xn--p1ai']);
  expect(await found('ер.рф', { keyword: 'invoice', minScore: 1 })).toEqual(['xn--e1afmkfd.xn--p1ai']);
  expect(await found('яя')).toEqual([]);
});
