import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { suppressionOperations } from '../suppressions/operations.ts';
import { leadOperations } from './operations.ts';
import { type Lead, leadsOf } from './testing/lead-views.ts';
import { plantLeads } from './testing/plant-leads.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const { list } = leadsOf(() => fixture.owner);

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
