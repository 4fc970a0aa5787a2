import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { suppressionOperations } from '../suppressions/operations.ts';
import { sweepErased } from './erase-domains.ts';
import { groupStep } from './group-step.ts';
import { erasureOperations, leadOperations } from './operations.ts';
import { rescoreStep } from './rescore-step.ts';
import { plantLeads } from './testing/plant-leads.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

/** Tables with a row that holds the text anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await fixture.sql<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await fixture.sql.unsafe<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM ${name} AS t WHERE t::text ILIKE $1`,
      [`%${text}%`],
    );
    if ((row?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

const PHONE = '+49 30 23125042';
const site = (name: string, email: string) => ({
  name,
  page: {
    title: `${name} invoice`,
    text: `Write to ${email} for an invoice, or call ${PHONE}`,
    links: [`mailto:${email}`, `tel:${PHONE.replaceAll(' ', '')}`],
  },
});

test('a lead is erased from every table, in every campaign, and does not come back', async () => {
  const name = 'remember-me.com';
  const sites = [
    site(name, `info@${name}`),
    site(`shop.${name}`, `shop@${name}`),
    site('stays.com', 'a@stays.com'),
  ];
  const mine = await plantLeads(fixture, sites);
  await plantLeads(fixture, sites, fixture.other);
  await fixture.owner.call(suppressionOperations.create, { entries: [`jane@${name}`] });
  const { items } = await fixture.owner.call<{ items: { leadId: string; domain: string }[] }>(
    leadOperations.list,
    { campaignId: mine },
    { idempotencyKey: 'list' },
  );
  const lead = items.find(({ domain }) => domain === name);
  if (lead === undefined) throw new Error('no lead');
  await fixture.owner.call(
    leadOperations.update,
    { id: lead.leadId, version: 1, notes: `Call ${name}`, tags: [name] },
    { idempotencyKey: 'note' },
  );
  // With a history of scores, groups, and the answers of jobs.
  await fixture.owner.call(campaignOperations.rescore, { id: mine });
  while (await rescoreStep(fixture.sql));
  await fixture.sql`
    INSERT INTO lead_scores (campaign_id, ordinal, at, score) SELECT campaign_id, ordinal, now(), 1 FROM leads`;
  await fixture.owner.call(leadOperations.findGroups);
  while (await groupStep(fixture.sql));
  expect((await tablesWith('remember-me')).length).toBeGreaterThan(6);
  expect(await tablesWith('+493023125042')).toContain('public.leads');
  await expect(fixture.other.call(leadOperations.erase, { id: lead.leadId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  // Campaigns and their events may be called after it; others may only look like it.
  await fixture.create({ campaignName: `About ${name}.` });
  await fixture.create({ campaignName: `Not-${name}` });
  const erased = await fixture.owner.call<Record<string, unknown>>(leadOperations.erase, { id: lead.leadId });
  expect(erased).toMatchObject({ domains: 4, leads: 4, pages: 4 });
  await fixture.sql`DELETE FROM campaigns WHERE name LIKE 'About%'`;
  expect(await tablesWith(`Not-${name}`)).toContain('public.events');
  await fixture.sql`DELETE FROM campaigns WHERE name LIKE 'Not-%'`;
  await fixture.sql`DELETE FROM events WHERE payload->>'campaignName' LIKE 'Not-%'`;
  await fixture.sql`DELETE FROM audit_logs WHERE details::text LIKE '%Not-%'`;
  expect(await tablesWith('remember-me')).toEqual([]);
  expect(await tablesWith('stays.com')).not.toEqual([]);
  // Of what is left, nothing belongs to the erased: history and terms are those of others.
  for (const table of ['lead_scores', 'lead_terms', 'pages'])
    expect(
      await fixture.sql.unsafe(`
        SELECT 1 FROM ${table} t
        WHERE NOT EXISTS (SELECT FROM leads l WHERE l.campaign_id = t.campaign_id AND l.ordinal = t.ordinal)`),
      table,
    ).toHaveLength(0);
  const members = await fixture.owner.call<{ items: { domains: string[] }[] }>(leadOperations.groups);
  expect(members.items).toEqual([]);
  const [kept] = await fixture.sql`
    SELECT count(*)::int AS n FROM results WHERE campaign_id = ${mine} AND verdict = 'OK'`;
  expect(kept).toEqual({ n: 6 });
  const { items: suppressed } = await fixture.owner.call<{ items: unknown[] }>(suppressionOperations.list, {
    covering: `www.${name}`,
  });
  expect(suppressed).toMatchObject([{ kind: 'hash', value: null, hash: erased['hash'], reason: 'Erased' }]);
  expect((await fixture.view(mine)).status).toBe('pending');
  await fixture.owner.call(campaignOperations.delete, { id: mine });
});

test('an address is erased from leads, pages, evidence and notes; the leads stay', async () => {
  await plantLeads(fixture, [site('firm.com', 'forget.me@mail.com')]);
  const { items } = await fixture.owner.call<{ items: { leadId: string }[] }>(leadOperations.list, {
    search: 'firm.com',
  });
  // What leads of before are scored again with quotes their contacts.
  await fixture.sql`
    UPDATE leads SET facts = jsonb_set(facts, '{contacts}', contacts) WHERE id = ${items[0]?.leadId ?? ''}`;
  await fixture.owner.call(leadOperations.update, {
    ...{ id: items[0]?.leadId, version: 1, notes: 'Wrote to Forget.Me@mail.com' },
  });
  const input = { email: 'Forget.Me@mail.com' };
  await expect(fixture.owner.call(erasureOperations.create, input)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await fixture.admin.call(erasureOperations.create, input);
  expect(await tablesWith('forget.me')).toEqual([]);
  const lead = await fixture.owner.call<Record<string, unknown>>(leadOperations.get, {
    id: items[0]?.leadId,
  });
  expect(lead).toMatchObject({ domain: 'firm.com', contacts: [{ kind: 'phone' }], notes: '[erased]' });
  for (const [filter, total] of [
    [{ hasEmail: false }, 1],
    [{ hasEmail: true }, 0],
    [{ hasPhone: true }, 1],
  ] as const)
    expect(
      await fixture.owner.call(leadOperations.list, { search: 'firm.com', ...filter }),
      JSON.stringify(filter),
    ).toMatchObject({ total });
  for (const bad of [{}, { domain: 'com' }, { email: 'firm.com' }, { domain: 'a.com', email: 'a@a.com' }])
    await expect(fixture.admin.call(erasureOperations.create, bad)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
});

test('an address goes with pages that hide it from programs, and in other letters', async () => {
  const key = 0x5a;
  const hidden = [key, ...Buffer.from('hide@quiet.com').map((octet) => octet ^ key)];
  const hexadecimal = Buffer.from(hidden).toString('hex');
  await plantLeads(fixture, [
    { name: 'quiet-1.com', page: { text: 'invoice hide (at) quiet [dot] com' } },
    { name: 'quiet-2.com', page: { text: 'invoice', markup: [`data-cfemail=${hexadecimal}`] } },
    { name: 'quiet-3.com', page: { text: 'invoice', links: ['mailto:hide%40quiet.com'] } },
    { name: 'quiet-4.com', page: { text: 'invoice hide behind quiet.com, as nobody@quiet.com does' } },
    { name: 'quiet-5.com', page: { text: 'invoice anna@bücher.de' } },
  ]);
  const left = async (): Promise<unknown> =>
    (
      await fixture.sql`
        SELECT d.name FROM pages p JOIN domains d USING (campaign_id, ordinal)
        WHERE d.name LIKE 'quiet-%' ORDER BY 1`
    ).map(({ name }) => name);
  expect(await fixture.admin.call(erasureOperations.create, { email: 'hide@quiet.com' })).toMatchObject({
    leads: 3,
    pages: 3,
  });
  expect(await left()).toEqual(['quiet-4.com', 'quiet-5.com']);
  await fixture.admin.call(erasureOperations.create, { email: 'Anna@bücher.de' });
  expect(await left()).toEqual(['quiet-4.com']);
  for (const trace of ['hide@quiet', 'anna@']) expect(await tablesWith(trace), trace).toEqual([]);
});

test('an address that ends like the erased one is somebody else’s', async () => {
  const id = await plantLeads(fixture, [
    { name: 'both.com', page: { text: 'invoice Contact:\nmiller@office.com, r.miller@office.com' } },
    { name: 'one.com', page: { text: 'invoice', links: ['mailto:r.miller@office.com'] } },
    { name: 'two.com', page: { text: 'invoice', links: ['mailto:pmiller@office.com'] } },
    { name: 'far.com', page: { text: 'invoice', links: ['mailto:%20miller@office.com'] } },
  ]);
  const contacts = async (): Promise<unknown> =>
    Object.fromEntries(
      (
        await fixture.sql`
          SELECT l.domain, jsonb_path_query_array(l.contacts, '$[*].value') AS mails, p.ordinal IS NOT NULL AS page
          FROM leads l LEFT JOIN pages p USING (campaign_id, ordinal) WHERE campaign_id = ${id}`
      ).map(({ domain, mails, page }) => [domain, [mails, page]]),
    );
  expect(await contacts()).toMatchObject({
    'both.com': [['miller@office.com', 'r.miller@office.com'], true],
  });
  await fixture.admin.call(erasureOperations.create, { email: 'miller@office.com' });
  expect(await contacts()).toEqual({
    'both.com': [['r.miller@office.com'], false],
    'one.com': [['r.miller@office.com'], true],
    'two.com': [['pmiller@office.com'], true],
    'far.com': [[], false],
  });
  await fixture.owner.call(campaignOperations.delete, { id });
});

test('a domain goes with addresses at it on other pages, and with what people wrote and lists were refused for', async () => {
  const id = await plantLeads(fixture, [
    {
      name: 'partner.com',
      page: { text: 'invoice', links: ['mailto:sue@mail.goner.org', 'https://goner.org/'] },
    },
    { name: 'begoner.org', page: { text: 'invoice', links: ['mailto:joe@begoner.org'] } },
  ]);
  await fixture.owner.call(suppressionOperations.create, {
    entries: ['asked.com'],
    reason: 'Sue of goner.org',
  });
  const { campaignId } = await fixture.create({ campaignName: 'Texts', notes: 'goner.org goner.org' });
  await fixture.sql`
    INSERT INTO uploads (campaign_id, filename, size_bytes, lines, accepted, duplicates, rejected, uploaded_by, rejections)
    VALUES (${campaignId}, 'a.txt', 1, 1, 0, 0, 1, ${campaignId}, '{"first": [{"line": 1, "text": "\\tsue@goner.org x"}]}')`;
  const hadBefore = await tablesWith('begoner.org');
  await fixture.admin.call(erasureOperations.create, { domain: 'goner.org' });
  const left = await fixture.sql`
    SELECT rejections->'first'->0->>'text' AS text, notes FROM uploads JOIN campaigns c ON c.id = campaign_id
    WHERE campaign_id = ${campaignId}`;
  expect(left).toEqual([{ text: '\tsue@[erased] x', notes: '[erased] [erased]' }]);
  expect(await tablesWith('sue@mail')).toEqual([]);
  expect(await tablesWith('begoner.org')).toEqual(hadBefore);
  for (const campaign of [id, campaignId])
    await fixture.owner.call(campaignOperations.delete, { id: campaign });
});

test('what a worker writes of an erased domain afterwards is taken away', async () => {
  const id = await plantLeads(fixture, [site('late.com', 'a@late.com')]);
  await fixture.admin.call(erasureOperations.create, { domain: 'late.com' });
  await fixture.sql`
    INSERT INTO pages (campaign_id, ordinal, features)
    VALUES (${id}, 0, ${fixture.sql.json({ title: 'late.com' })})`;
  await sweepErased(fixture.db);
  expect(await tablesWith('late.com')).toEqual([]);
});
