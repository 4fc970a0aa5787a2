import { EVENT_PAYLOADS } from '@domainflow/domain/events/event.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import {
  type CampaignFixture,
  MISSING_ID,
  openCampaignFixture,
} from '../campaigns/testing/campaign-fixture.ts';
import { scoreProfileOperations } from '../score-profiles/operations.ts';
import { suppressionOperations } from '../suppressions/operations.ts';
import { groupStep } from './group-step.ts';
import { leadJobOperations, leadOperations } from './operations.ts';
import { rescoreStep } from './rescore-step.ts';
import { plantLeads } from './testing/plant-leads.ts';

type Lead = Record<string, unknown> & {
  leadId: string;
  domain: string;
  score: number;
  version: number;
  groupId: string | null;
  scoreParts: { part: string; points: number }[];
};
interface Page {
  items: Lead[];
  nextCursor: string | null;
  total: number;
}
interface Job {
  leadJobId: string;
  status: string;
  total: number;
  done: number;
  changed: number;
  report: Record<string, unknown> | null;
}

let fixture: CampaignFixture;
let first: string;
let second: string;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  const sha = (digit: string) => digit.repeat(64);
  first = await plantLeads(fixture, [
    {
      name: 'rich.de',
      page: {
        title: 'invoice shop',
        text: 'Write to info@rich.de. © 2026 Rich',
        links: ['mailto:info@rich.de'],
        language: 'de',
        bodySha256: sha('1'),
        trackers: ['ga:G-1'],
      },
    },
    { name: 'plain.com', page: { text: 'invoice', language: 'en-US', bodySha256: sha('2') } },
    {
      name: 'twin.com',
      page: { text: 'shop', language: 'en', bodySha256: sha('3'), trackers: ['ga:G-1'] },
    },
  ]);
  second = await plantLeads(fixture, [
    { name: 'copy.com', page: { text: 'invoice', language: 'en', bodySha256: sha('2') } },
    { name: 'alone.com', page: { text: 'shop shop shop shop', bodySha256: sha('4') }, fingerprint: 'f1' },
  ]);
  await plantLeads(
    fixture,
    [{ name: 'foreign.com', page: { text: 'invoice', bodySha256: sha('2') } }],
    fixture.other,
  );
});
afterAll(() => fixture.close());

const list = (input: Record<string, unknown> = {}) => fixture.owner.call<Page>(leadOperations.list, input);
const names = async (input: Record<string, unknown> = {}) =>
  (await list(input)).items.map(({ domain }) => domain).toSorted();
const lead = async (domain: string): Promise<Lead> => {
  const [found] = (await list({ search: domain })).items;
  if (found === undefined) throw new Error(`no lead ${domain}`);
  return found;
};

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
    expect((await fixture.admin.call<Page>(leadOperations.list)).total).toBe(6);
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
  expect(await names({ tag: 'hot' })).toEqual(['plain.com']);
  expect(await names({ state: 'contacted' })).toEqual(['plain.com']);
});

test('many leads are decided on at once, by id or by filter, and only as many as expected', async () => {
  const foreign = (await fixture.other.call<Page>(leadOperations.list)).items[0];
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

test('near-duplicates are grouped across campaigns, and decided on together', async () => {
  const asked = await fixture.owner.call<Job>(leadOperations.findGroups);
  while (await groupStep(fixture.sql));
  const job = await fixture.owner.call<Job>(leadJobOperations.get, { id: asked.leadJobId });
  expect(job).toMatchObject({ status: 'completed', total: 5, changed: 4, report: { groups: 2, grouped: 4 } });
  const groups = await fixture.owner.call<{
    items: { groupId: string; domains: string[]; reasons: string[] }[];
  }>(leadOperations.groups);
  expect(groups.items.map(({ domains, reasons }) => [domains.toSorted(), reasons])).toEqual(
    expect.arrayContaining([
      [['copy.com', 'plain.com'], ['body']],
      [['rich.de', 'twin.com'], ['tracker']],
    ]),
  );
  const { groupId } = await lead('copy.com');
  const decided = await fixture.owner.call(leadOperations.decideOnGroup, { id: groupId, state: 'rejected' });
  expect(decided).toEqual({ updated: 2 });
  expect(await names({ state: 'rejected' })).toEqual(['copy.com', 'plain.com']);
  const missing = fixture.other.call(leadOperations.decideOnGroup, { id: groupId, state: 'new' });
  await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { leadId } = await lead('copy.com');
  const full = await fixture.owner.call<{ groupMembers: { domain: string }[] }>(leadOperations.get, {
    id: leadId,
  });
  expect(full.groupMembers.map(({ domain }) => domain)).toEqual(['plain.com']);
});

test('what too many share groups nothing, and the job says so', async () => {
  const shared = Array.from({ length: 120 }, (_, index) => ({
    name: `cdn-${index}.com`,
    page: { text: 'invoice', bodySha256: String(index).padStart(64, 'a') },
    fingerprint: 'cdn',
  }));
  const id = await plantLeads(fixture, shared);
  const asked = await fixture.owner.call<Job>(leadOperations.findGroups);
  while (await groupStep(fixture.sql));
  const { report } = await fixture.owner.call<Job>(leadJobOperations.get, { id: asked.leadJobId });
  expect(report).toMatchObject({ ignored: [{ reason: 'certificate', key: 'cdn', leads: 120 }], grouped: 4 });
  await fixture.owner.call(campaignOperations.delete, { id });
});

test('leads are scored again from what is stored, piece by piece, with their history', async () => {
  const profile = await fixture.owner.call<{ scoreProfileId: string; version: number }>(
    scoreProfileOperations.create,
    { name: 'Invoices only', weights: { keywords: { categoryFactor: { buy: 2 } }, contacts: { email: 40 } } },
  );
  const preview = await fixture.owner.call<{
    items: { domain: string; scoreAfter: number }[];
    changed: number;
  }>(scoreProfileOperations.preview, {
    campaignId: first,
    weights: { keywords: { categoryFactor: { buy: 2 } }, contacts: { email: 40 } },
  });
  const before = await lead('rich.de');
  const asked = await fixture.owner.call<Job>(campaignOperations.rescore, {
    id: first,
    scoreProfileId: profile.scoreProfileId,
  });
  expect(asked).toMatchObject({ status: 'running', total: 3, done: 0 });
  const command = (verb: 'pause' | 'resume' | 'cancel') =>
    fixture.owner.call<Job>(leadJobOperations[verb], { id: asked.leadJobId });
  expect(await rescoreStep(fixture.sql, 2)).toBe(true);
  expect(await command('pause')).toMatchObject({ status: 'paused', done: 2 });
  expect(await rescoreStep(fixture.sql, 2)).toBe(false);
  await expect(command('pause')).rejects.toMatchObject({ code: 'CONFLICT' });
  await command('resume');
  while (await rescoreStep(fixture.sql, 2));
  const job = await fixture.owner.call<Job>(leadJobOperations.get, { id: asked.leadJobId });
  expect(job).toMatchObject({ status: 'completed', total: 3, done: 3 });
  const after = (await list({ campaignId: first })).items;
  expect(after.map(({ domain, score }) => [domain, score]).toSorted()).toEqual(
    preview.items.map(({ domain, scoreAfter }) => [domain, scoreAfter]).toSorted(),
  );
  for (const { scoreParts, score } of after)
    expect(scoreParts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
  expect(job.changed).toBe(preview.changed);
  const full = await fixture.owner.call<{ scoreHistory: object[] }>(leadOperations.get, {
    id: before.leadId,
  });
  expect(full.scoreHistory).toMatchObject([
    {
      score: after.find(({ domain }) => domain === 'rich.de')?.score,
      scoreProfileId: profile.scoreProfileId,
    },
    { score: before.score, scoreProfileId: null },
  ]);
  // A profile that is gone still tells its parts.
  await fixture.owner.call(scoreProfileOperations.delete, { id: profile.scoreProfileId });
  expect((await lead('rich.de')).scoreParts.find(({ part }) => part === 'email')?.points).toBe(40);
  await expect(fixture.other.call(campaignOperations.rescore, { id: first })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a job that always fails ends with its error, and others are done meanwhile', async () => {
  const { scoreProfileId } = await fixture.owner.call<{ scoreProfileId: string }>(
    scoreProfileOperations.create,
    { name: 'Broken', weights: {} },
  );
  const { leadJobId } = await fixture.owner.call<Job>(campaignOperations.rescore, {
    id: first,
    scoreProfileId,
  });
  await fixture.sql`
    UPDATE score_profile_versions SET weights = '{"contacts": "none"}' WHERE profile_id = ${scoreProfileId}`;
  const job = () => fixture.owner.call<Job>(leadJobOperations.get, { id: leadJobId });
  for (let attempt = 1; attempt < 5; attempt++) {
    await expect(rescoreStep(fixture.sql)).rejects.toThrow();
    expect(await job()).toMatchObject({ status: 'running', done: 0 });
  }
  await expect(rescoreStep(fixture.sql)).rejects.toThrow();
  expect(await job()).toMatchObject({
    status: 'failed',
    done: 0,
    error: expect.stringContaining('contacts'),
  });
  expect(await rescoreStep(fixture.sql)).toBe(false);
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

test('work over leads tells its followers how far it is, each step and status once', async () => {
  const { leadJobId } = await fixture.owner.call<Job>(campaignOperations.rescore, { id: first });
  await rescoreStep(fixture.sql, 2);
  await fixture.owner.call(leadJobOperations.pause, { id: leadJobId });
  await fixture.owner.call(leadJobOperations.resume, { id: leadJobId });
  while (await rescoreStep(fixture.sql, 2));
  const events = await fixture.sql`
    SELECT seq::int, owner_id, type, payload FROM events WHERE stream = ${leadJobId} ORDER BY seq`;
  expect(events.map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4, 5]);
  expect(events.map(({ payload }) => [payload.status, payload.done])).toEqual([
    ['running', 0],
    ['running', 2],
    ['paused', 2],
    ['running', 2],
    ['completed', 3],
  ]);
  const schema = EVENT_PAYLOADS.bulk_operation_update;
  for (const { type, payload, owner_id } of events) {
    expect(type).toBe('bulk_operation_update');
    expect(schema.parse(payload)).toMatchObject({ operationId: leadJobId, campaignId: first, total: 3 });
    expect(owner_id).toBe(fixture.owner.userId);
  }
});

test('a contact says when it was first seen, and whether its domain takes mail where that was asked', async () => {
  const id = await plantLeads(fixture, [
    {
      name: 'mail-1.com',
      page: { text: 'invoice info@mail-1.com info@mail-2.com info@mail-3.com info@else.com' },
    },
    { name: 'mail-2.com', page: { text: 'invoice' } },
    { name: 'mail-3.com', page: { text: 'invoice' } },
  ]);
  await fixture.sql`UPDATE pages SET fetched_at = '2026-01-02T03:04:05Z' WHERE campaign_id = ${id}`;
  const { leadId } = (await list({ search: 'mail-1.com' })).items[0] as Lead;
  const contacts = async () =>
    (
      await fixture.owner.call<{ contacts: { value: string; firstSeenAt: string; hasMx: boolean | null }[] }>(
        leadOperations.get,
        { id: leadId },
      )
    ).contacts;
  expect((await contacts()).map(({ hasMx }) => hasMx)).toEqual([null, null, null, null]);
  await fixture.sql`
    INSERT INTO phase_runs (campaign_id, phase, position, status, plan)
    VALUES (${id}, 'dns', 0, 'completed', '{"persona": {"recordTypes": ["A", "MX"]}}')`;
  for (const [ordinal, records] of [
    [0, [{ type: 'MX', data: '10 mx.mail-1.com.' }]],
    [1, [{ type: 'MX', data: '0 .' }]],
    [2, []],
  ] as const)
    await fixture.sql`
      INSERT INTO results (campaign_id, phase, ordinal, run, verdict, evidence)
      VALUES (${id}, 'dns', ${ordinal}, 1, 'OK', ${fixture.sql.json({ records })})`;
  expect((await contacts()).map(({ value, hasMx }) => [value, hasMx])).toEqual([
    ['info@mail-1.com', true],
    ['info@mail-2.com', false],
    ['info@mail-3.com', false],
    ['info@else.com', null],
  ]);
  expect((await contacts())[0]?.firstSeenAt).toBe('2026-01-02T03:04:05.000Z');
});

test('a suppressed address is quoted nowhere in what is shown of a lead or of its domain', async () => {
  const id = await plantLeads(fixture, [
    {
      name: 'quoted.com',
      page: { text: 'invoice to boss@quoted.com', description: 'Write to Boss@quoted.com' },
    },
  ]);
  const { leadId } = (await list({ search: 'quoted.com' })).items[0] as Lead;
  const shown = async (): Promise<string> =>
    JSON.stringify([
      await fixture.owner.call(leadOperations.get, { id: leadId }),
      await fixture.owner.call(campaignOperations.domain, { id, domain: 'quoted.com' }),
    ]);
  expect(await shown()).toMatch(/boss@/i);
  await fixture.owner.call(suppressionOperations.create, { entries: ['boss@quoted.com'] });
  expect(await shown()).not.toMatch(/boss@/i);
  expect(await shown()).toContain('[suppressed]');
  await fixture.owner.call(suppressionOperations.create, { entries: ['quoted.com'] });
  expect(await fixture.owner.call(campaignOperations.domain, { id, domain: 'quoted.com' })).toMatchObject({
    page: null,
  });
});
