import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, names, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { loadItems, UnreadError } from './load-items.ts';
import { readItems } from './read-items.ts';
import { claimAll, cutAgain, type Judge, runPhase } from './testing/simulated-worker.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const OK: Judge = () => ({ verdict: 'OK' });

/** The only batch of the analysis of so many pages, which nobody has begun. */
async function analysisOf(count: number): Promise<ClaimedBatch> {
  const { campaignId } = await fixture.create({
    campaignType: 'pipeline',
    input: { source: 'list', domains: names(count) },
  });
  await fixture.owner.call(campaignOperations.start, { id: campaignId });
  for (const phase of ['dns', 'http'] satisfies PhaseName[]) await runPhase(fixture, campaignId, phase, OK);
  await cutAgain(fixture, campaignId, 'analysis', count);
  const [batch] = await claimAll(fixture, campaignId, 'analysis');
  if (batch === undefined) throw new Error('no batch');
  return batch;
}

test('every item comes once and in its order, with its page and evidence, and without them when they were erased', async () => {
  const batch = await analysisOf(75);
  const items = await readItems(fixture.sql, batch);
  expect(items.at(0)).toEqual({ ordinal: 0, name: 'site-0.com', prior: null });
  await fixture.sql`DELETE FROM pages WHERE campaign_id = ${batch.campaignId} AND ordinal IN (5, 40)`;
  await fixture.sql`DELETE FROM results WHERE campaign_id = ${batch.campaignId} AND phase = 'dns' AND ordinal = 7`;
  const loaded = [];
  for await (const item of loadItems(fixture.sql, batch, items)) loaded.push(item);
  expect(loaded).toEqual(
    names(75).map((name, ordinal) => ({
      ...{ ordinal, name, prior: { of: name } },
      page: ordinal === 5 || ordinal === 40 ? null : { title: name },
      dns: ordinal === 7 ? null : { of: name },
    })),
  );
});

test('what cannot be read is told from what the phase does, also when its reader has left', async () => {
  const batch = await analysisOf(70);
  const items = await readItems(fixture.sql, batch);
  const gone = postgres(fixture.url, { max: 1, onnotice: () => {} });
  const loading = loadItems(gone, batch, items);
  expect((await loading.next()).value).toMatchObject({ ordinal: 0 });
  await gone.end({ timeout: 0 });
  const rest = async (): Promise<void> => {
    for await (const _ of loading);
  };
  await expect(rest()).rejects.toBeInstanceOf(UnreadError);

  const left = postgres(fixture.url, { max: 1, onnotice: () => {} });
  for await (const _ of loadItems(left, batch, items)) break;
  await left.end({ timeout: 0 });
});
