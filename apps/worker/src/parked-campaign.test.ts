import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let platform: PlatformFixture;
let worker: WorkerProcess;
beforeAll(async () => {
  platform = await openPlatformFixture({ countNames: true });
  worker = await spawnWorker(platform);
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
});

const DOMAINS = ['lander-1.com', 'onepage-1.com', 'parked-1.com', 'spa-1.com'];

async function run(campaignType: string, input: object, phases: object): Promise<string> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    ...{ campaignName: campaignType, campaignType, input, phases },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  expect((await platform.until(campaignId, ['completed', 'failed', 'error'])).status).toBe('completed');
  return campaignId;
}

const verdictsOf = async (campaignId: string): Promise<Record<string, string>> => {
  const rows = await platform.clients.sql<{ name: string; verdict: string }[]>`
    SELECT d.name, r.verdict FROM results r JOIN domains d USING (campaign_id, ordinal)
    WHERE r.campaign_id = ${campaignId} AND r.phase = 'analysis'`;
  return Object.fromEntries(rows.map(({ name, verdict }) => [name, verdict]));
};

test('what the same page on a random path settles reaches analysis, in this campaign and in the next', async () => {
  const analysis = { keywordSetIds: [], minScore: 0 };
  const { dns, http } = platform.labPhases;
  const first = await run('pipeline', { source: 'list', domains: DOMAINS }, { dns, http, analysis });
  const expected = {
    'lander-1.com': 'PARKED',
    'onepage-1.com': 'OK',
    'parked-1.com': 'PARKED',
    'spa-1.com': 'OK',
  };
  expect(await verdictsOf(first)).toEqual(expected);
  for (const name of DOMAINS)
    expect([name, expected[name as keyof typeof expected] === 'PARKED']).toEqual([
      name,
      platform.lab.truth(name).site?.parked,
    ]);

  platform.lab.resetCounts();
  const lead = await run('lead', { source: 'campaigns', inputCampaignIds: [first] }, { http, analysis });
  expect(await verdictsOf(lead)).toEqual(expected);
  expect(platform.lab.queries().byName ?? {}).toEqual({});

  const off = { ...http, checkRandomPath: false };
  const input = { source: 'list', domains: DOMAINS };
  expect(await verdictsOf(await run('pipeline', input, { dns, http: off, analysis }))).toEqual({
    ...expected,
    'lander-1.com': 'OK',
  });
});
