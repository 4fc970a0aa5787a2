import { DEFAULT_SCORE_PROFILE } from '@domainflow/domain/scoring/score-profile.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import {
  type CampaignFixture,
  MISSING_ID,
  openCampaignFixture,
} from '../campaigns/testing/campaign-fixture.ts';
import { scoreProfileOperations } from './operations.ts';

interface Profile {
  scoreProfileId: string;
  name: string;
  version: number;
  isDefault: boolean;
  weights: typeof DEFAULT_SCORE_PROFILE;
}

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const list = async () => (await fixture.owner.call<{ items: Profile[] }>(scoreProfileOperations.list)).items;
const create = (input: object) => fixture.owner.call<Profile>(scoreProfileOperations.create, input);

test('a new installation has one profile, with the weights of the code', async () => {
  expect(await list()).toMatchObject([{ name: 'Standard', isDefault: true, weights: DEFAULT_SCORE_PROFILE }]);
});

test('weights are checked, and completed from the default', async () => {
  const made = await create({ name: 'Mail', weights: { contacts: { email: 50 } } });
  expect(made.weights).toEqual({
    ...DEFAULT_SCORE_PROFILE,
    contacts: { ...DEFAULT_SCORE_PROFILE.contacts, email: 50 },
  });
  await expect(create({ name: 'Mail' })).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  for (const weights of [
    { contacts: { email: 5_000 } },
    { keywords: { min: 1 } },
    { match: { countries: ['XXX'] } },
    { contact: { email: 50 } },
    // superjson refuses to send such an object: the list would fail for everybody.
    { technologies: { byName: { constructor: 1 } } },
    { keywords: { categoryFactor: JSON.parse('{"__proto__": 1}') } },
    { contacts: { emial: 50 } },
  ])
    await expect(create({ name: 'Bad', weights })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('who made it changes it by its version; only an administrator makes it the default', async () => {
  const { scoreProfileId: id } = await create({ name: 'Mine' });
  const update = scoreProfileOperations.update;
  const changed = await fixture.owner.call<Profile>(update, { id, version: 1, weights: { parked: -10 } });
  expect(changed).toMatchObject({ version: 2, weights: { parked: -10 } });
  const refused = (call: Promise<unknown>, code: string) => expect(call).rejects.toMatchObject({ code });
  await refused(fixture.owner.call(update, { id, version: 1, name: 'X' }), 'STALE_VERSION');
  await refused(fixture.other.call(update, { id, version: 2, name: 'X' }), 'FORBIDDEN');
  await refused(fixture.owner.call(update, { id, version: 2, name: 'Standard' }), 'CONFLICT');
  await refused(fixture.owner.call(update, { id, version: 2, isDefault: true }), 'FORBIDDEN');
  await refused(fixture.owner.call(update, { id: MISSING_ID, version: 1 }), 'NOT_FOUND');
  await fixture.admin.call(update, { id, version: 2, isDefault: true });
  expect((await list()).filter(({ isDefault }) => isDefault)).toMatchObject([{ name: 'Mine' }]);
  await refused(fixture.owner.call(scoreProfileOperations.delete, { id }), 'CONFLICT');
  const standard = (await list()).find(({ name }) => name === 'Standard');
  await fixture.admin.call(update, {
    id: standard?.scoreProfileId,
    version: standard?.version,
    isDefault: true,
  });
  await fixture.owner.call(scoreProfileOperations.delete, { id });
  await refused(fixture.owner.call(scoreProfileOperations.get, { id }), 'NOT_FOUND');
});

test('a campaign names its profile, and keeps the weights that it started with', async () => {
  const made = await create({ name: 'For a campaign', weights: { parked: -5 } });
  const phases = (scoreProfileId: string) => ({ analysis: { scoreProfileId } });
  const input = { campaignType: 'lead' };
  await expect(fixture.create({ ...input, phases: phases(MISSING_ID) })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'phases.analysis.scoreProfileId',
  });
  const { campaignId } = await fixture.create({ ...input, phases: phases(made.scoreProfileId) });
  await fixture.owner
    .call(campaignOperations.startPhase, { id: campaignId, phase: 'analysis' })
    .catch(() => {});
  await fixture.owner.call(scoreProfileOperations.update, {
    ...{ id: made.scoreProfileId, version: 1, weights: { parked: -6 } },
  });
  const versions = await fixture.sql`
    SELECT weights->>'parked' AS parked FROM score_profile_versions WHERE profile_id = ${made.scoreProfileId}`;
  expect(versions).toEqual([{ parked: '-5' }]);
});
