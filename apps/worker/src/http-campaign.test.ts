import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let platform: PlatformFixture;
let worker: WorkerProcess;
beforeAll(async () => {
  platform = await openPlatformFixture();
  worker = await spawnWorker(platform);
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
});

test('an http campaign, which no DNS phase has gone before, asks its own DNS persona for every name', async () => {
  const domains = [
    'live-1.com',
    'redirect-2.de',
    'chain-3.fr',
    'towww-4.com',
    'notfound-5.com',
    'absent-6.com',
  ];
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Sites alone',
    campaignType: 'http',
    input: { source: 'list', domains },
    phases: {
      http: { ...platform.labPhases.http, dnsPersonaId: await platform.personaNamed('dns', 'Lab') },
    },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');

  const rows = await platform.clients.sql<
    { name: string; verdict: string; evidence: Record<string, unknown> }[]
  >`
    SELECT d.name, r.verdict, r.evidence FROM results r JOIN domains d USING (campaign_id, ordinal)
    WHERE r.campaign_id = ${campaignId} AND r.phase = 'http' ORDER BY r.ordinal`;
  const seen = rows.map(({ name, verdict, evidence }) => [name, verdict, evidence['finalUrl'] ?? null]);
  const expected = domains.map((name) => {
    const site = platform.lab.truth(name).site?.http;
    return [name, site?.verdict ?? 'ERROR', site?.finalUrl ?? null];
  });
  expect(seen).toEqual(expected);
  expect(rows.at(-1)?.evidence['detail']).toBe('No address for absent-6.com');
});
