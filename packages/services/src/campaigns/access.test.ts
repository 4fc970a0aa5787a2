import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportInput, exportResults } from './export/export-results.ts';
import { campaignOperations } from './operations.ts';
import type { CampaignView } from './reading/read-campaign.ts';
import {
  type CampaignFixture,
  contents,
  expectRefusal,
  MISSING_ID,
  openCampaignFixture,
} from './testing/campaign-fixture.ts';

let fixture: CampaignFixture;
let mine: CampaignView;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  mine = await fixture.create();
});
afterAll(() => fixture.close());

/** An input that the owner's call would be carried out with, for every operation on one campaign. */
const INPUTS: Readonly<Record<string, Record<string, unknown>>> = {
  get: {},
  progress: {},
  status: {},
  history: {},
  events: {},
  domains: {},
  domain: { domain: 'site-0.com' },
  leads: {},
  traffic: {},
  rescore: {},
  update: { version: 1, notes: 'changed' },
  delete: {},
  start: {},
  startPhase: { phase: 'dns' },
  configurePhase: { phase: 'dns', config: {} },
  pause: {},
  resume: {},
  cancel: {},
  retry: {},
};
const WITHOUT_CAMPAIGN = ['create', 'list', 'previewPattern', 'patternOffset', 'forecast'];

type Name = keyof typeof campaignOperations;
const NAMES = Object.keys(INPUTS) as Name[];

test('every operation is in this table', () => {
  expect([...NAMES, ...WITHOUT_CAMPAIGN].sort()).toEqual(Object.keys(campaignOperations).sort());
});

describe.each(NAMES)('campaigns.%s', (name) => {
  const operation = campaignOperations[name];
  const input = (id: string) => ({ id, ...INPUTS[name] });

  test('is refused to strangers, and somebody else’s campaign is like a missing one', async () => {
    const before = await contents(fixture.sql);
    await expect(fixture.client().call(operation, input(mine.campaignId))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const answers: unknown[] = [];
    for (const id of [mine.campaignId, MISSING_ID]) {
      const error = await fixture.other.call(operation, input(id)).then(
        () => null,
        (thrown: { code: string; message: string; field: unknown; details: unknown }) => thrown,
      );
      answers.push({
        code: error?.code,
        message: error?.message.replace(id, '<id>'),
        field: error?.field,
        details: error?.details,
      });
    }
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' });
    expect(answers[0]).toEqual(answers[1]);
    await expect(fixture.owner.call(operation, input('not-an-id'))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'id',
    });
    expect(await contents(fixture.sql)).toEqual(before);
  });
});

test('a one-time password opens nothing', async () => {
  const user = await fixture.signedIn('fresh', 'member');
  await fixture.sql`UPDATE users SET must_change_password = true WHERE id = ${user.userId}`;
  for (const operation of Object.values(campaignOperations)) {
    await expect(user.call(operation, { id: mine.campaignId })).rejects.toMatchObject({
      code: 'PASSWORD_CHANGE_REQUIRED',
    });
  }
});

test('administrators see all campaigns, members their own, nobody a deleted one', async () => {
  const theirs = await fixture.other.call<CampaignView>(campaignOperations.create, {
    campaignName: 'Theirs',
    campaignType: 'dns',
    input: { source: 'list', domains: ['theirs.com'] },
  });
  const list = async (user: { call: CampaignFixture['owner']['call'] }) => {
    const page = await user.call<{ items: { campaignId: string }[]; total: number }>(campaignOperations.list);
    expect(page.total).toBe(page.items.length);
    return page.items.map(({ campaignId }) => campaignId).sort();
  };
  expect(await list(fixture.owner)).toEqual([mine.campaignId]);
  expect(await list(fixture.other)).toEqual([theirs.campaignId]);
  expect(await list(fixture.admin)).toEqual([mine.campaignId, theirs.campaignId].sort());

  const seen = await fixture.admin.call<CampaignView>(campaignOperations.get, { id: theirs.campaignId });
  expect(seen).toEqual(theirs);
  // What an administrator changes stays its owner's.
  await fixture.admin.call(campaignOperations.start, { id: theirs.campaignId });
  expect(await fixture.other.call(campaignOperations.get, { id: theirs.campaignId })).toMatchObject({
    status: 'active',
    ownerId: fixture.other.userId,
  });

  await fixture.other.call(campaignOperations.delete, { id: theirs.campaignId });
  expect(await list(fixture.other)).toEqual([]);
  expect(await list(fixture.admin)).toEqual([mine.campaignId]);
  for (const user of [fixture.other, fixture.admin]) {
    for (const name of NAMES) {
      await expect(
        user.call(campaignOperations[name], { id: theirs.campaignId, ...INPUTS[name] }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  }
});

test('the export of somebody else’s campaign is refused without an audit entry', async () => {
  const actor = await fixture.other.actor();
  if (actor === null) throw new Error('not signed in');
  for (const id of [mine.campaignId, MISSING_ID]) {
    await expectRefusal(fixture, () => exportResults(fixture, actor, exportInput.parse({ id }), null), {
      code: 'NOT_FOUND',
    });
  }
});
