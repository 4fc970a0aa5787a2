import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, names, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { commitChunk, LeaseLostError } from './commit-chunk.ts';
import { readItems } from './read-items.ts';
import { chunkOf, claimAll, cutAgain } from './testing/simulated-worker.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

test('figures are committed with the chunk under its token, and summed over the batches', async () => {
  const { campaignId } = await fixture.create({ input: { source: 'list', domains: names(4) } });
  await fixture.owner.call(campaignOperations.start, { id: campaignId });
  await cutAgain(fixture, campaignId, 'dns', 2);
  const [first, second] = await claimAll(fixture, campaignId, 'dns');
  if (first === undefined || second === undefined) throw new Error('two batches expected');
  const metricsOf = async () => (await fixture.view(campaignId)).phases[0]?.metrics;
  expect(await metricsOf()).toEqual({});

  // Nothing but figures, which end no batch.
  await commitChunk(fixture.sql, first, { metrics: { 'canary.192.0.2.1:53.positiveAsked': 2 } }, false);
  const items = [...(await readItems(fixture.sql, first))];
  const results = chunkOf(first, items, () => ({ verdict: 'OK' }));
  await commitChunk(fixture.sql, first, { ...results, metrics: { 'wildcard.probes': 3 } }, true);
  await commitChunk(fixture.sql, second, { metrics: { 'wildcard.probes': 4 } }, false);
  const sums = { 'canary.192.0.2.1:53.positiveAsked': 2, 'wildcard.probes': 7 };
  expect(await metricsOf()).toEqual(sums);

  const stale = { ...second, token: second.token - 1 };
  const late = commitChunk(fixture.sql, stale, { metrics: { 'wildcard.probes': 100 } }, false);
  await expect(late).rejects.toBeInstanceOf(LeaseLostError);
  const ended = commitChunk(fixture.sql, first, { metrics: { 'wildcard.probes': 100 } }, false);
  await expect(ended).rejects.toBeInstanceOf(LeaseLostError);
  expect(await metricsOf()).toEqual(sums);
});
