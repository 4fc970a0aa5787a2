import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { suppressionOperations } from '@domainflow/services/suppressions/operations.ts';
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

async function run(campaignType: string, input: object, phases: readonly ('http' | 'analysis')[]) {
  const http = { ...platform.labPhases.http, dnsPersonaId: await platform.personaNamed('dns', 'Lab') };
  const configs = { http, analysis: { ...platform.labPhases.analysis, minScore: 0 } };
  const { campaignId } = await platform.call(campaignOperations.create, {
    ...{ campaignName: campaignType, campaignType, input, mode: 'full_sequence' },
    phases: Object.fromEntries(phases.map((phase) => [phase, configs[phase]])),
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  return campaignId;
}

const asked = (): string[] => Object.keys(platform.lab.queries().byName ?? {}).toSorted();

const resultsOf = (campaignId: string, phase: string) => platform.clients.sql<
  { name: string; verdict: string; evidence: Record<string, unknown> }[]
>`
  SELECT d.name, r.verdict, r.evidence FROM results r JOIN domains d USING (campaign_id, ordinal)
  WHERE r.campaign_id = ${campaignId} AND r.phase = ${phase} ORDER BY d.name`;

test('a lead campaign fetches only what its input campaigns do not hold, and nothing that is suppressed', async () => {
  const held = ['live-1.com', 'live-2.com', 'live-3.com'];
  const first = await run('http', { source: 'list', domains: held }, ['http']);
  // Names without results of HTTP: there is nothing to take over.
  const { campaignId: second } = await platform.call(campaignOperations.create, {
    ...{ campaignName: 'names', campaignType: 'http', phases: { http: platform.labPhases.http } },
    input: { source: 'list', domains: ['live-4.com', 'live-5.com', 'live-1.com'] },
  });
  await platform.call(suppressionOperations.create, { entries: ['live-5.com', 'live-2.com'] });

  platform.lab.resetCounts();
  const lead = await run('lead', { source: 'campaigns', inputCampaignIds: [first, second] }, [
    'http',
    'analysis',
  ]);
  expect(asked()).toEqual(['live-4.com']);

  const http = await resultsOf(lead, 'http');
  expect(http.map(({ name, verdict, evidence }) => [name, verdict, evidence['heldFrom'] ?? null])).toEqual([
    ['live-1.com', 'OK', first],
    ['live-2.com', 'SUPPRESSED', null],
    ['live-3.com', 'OK', first],
    ['live-4.com', 'OK', null],
    ['live-5.com', 'SUPPRESSED', null],
  ]);
  const analysis = await resultsOf(lead, 'analysis');
  expect(analysis.map(({ name }) => name)).toEqual(['live-1.com', 'live-3.com', 'live-4.com']);
  const dates = await platform.clients.sql<{ same: boolean }[]>`
    SELECT mine.fetched_at = theirs.fetched_at AS same
    FROM domains d
    JOIN pages mine ON mine.campaign_id = d.campaign_id AND mine.ordinal = d.ordinal
    JOIN domains o ON o.campaign_id = ${first} AND o.name = d.name
    JOIN pages theirs ON theirs.campaign_id = o.campaign_id AND theirs.ordinal = o.ordinal
    WHERE d.campaign_id = ${lead}`;
  expect(dates).toEqual([{ same: true }, { same: true }]);
});

test('what is suppressed while its batch is under way is not fetched any more', async () => {
  const names = Array.from({ length: 60 }, (_, n) => `slowsite-${n}.com`);
  const { personaId } = await platform.call<{ personaId: string }>(personaOperations.create, {
    ...{ kind: 'http', name: 'Slow' },
    config: { concurrency: 1 },
  });
  const dnsPersonaId = await platform.personaNamed('dns', 'Lab');
  const { campaignId } = await platform.call(campaignOperations.create, {
    ...{ campaignName: 'slow', campaignType: 'http', phases: { http: { personaId, dnsPersonaId } } },
    input: { source: 'list', domains: names },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  await expect
    .poll(async () => (await resultsOf(campaignId, 'http')).length, { timeout: 20_000 })
    .toBeGreaterThan(0);
  const late = names.slice(-40);
  await platform.call(suppressionOperations.create, { entries: late });
  await platform.until(campaignId, ['completed', 'failed', 'error']);
  const verdicts = new Map((await resultsOf(campaignId, 'http')).map(({ name, verdict }) => [name, verdict]));
  expect(late.map((name) => verdicts.get(name))).toEqual(late.map(() => 'SUPPRESSED'));
  expect(verdicts.get(names[0] ?? '')).toBe('OK');
  expect(asked().filter((name) => late.includes(name))).toEqual([]);
});

test('workers find near-duplicates when an analysis has ended', async () => {
  await expect
    .poll(
      async () => {
        const [job] = await platform.clients.sql<{ status: string }[]>`
        SELECT status FROM lead_jobs WHERE kind = 'group' ORDER BY id DESC LIMIT 1`;
        return job?.status;
      },
      { timeout: 15_000 },
    )
    .toBe('completed');
});
