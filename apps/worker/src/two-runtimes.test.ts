import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let platform: PlatformFixture;
const workers: WorkerProcess[] = [];
beforeAll(async () => {
  platform = await openPlatformFixture();
  workers.push(
    await spawnWorker(platform, { runtime: 'node' }),
    await spawnWorker(platform, { runtime: 'deno' }),
  );
}, 180_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGTERM')));
  await platform.close();
});

test('a worker on Node and one on Deno share a campaign', async () => {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Shared',
    campaignType: 'pipeline',
    input: {
      source: 'pattern',
      pattern: {
        pattern: 'suffix',
        constantPart: 'both',
        suffixVariableLength: 5,
        charSet: 'abcdefghij',
        tlds: ['com', 'de'],
        // More batches than one worker takes at once.
        targetDomainsToGenerate: 120_000,
      },
    },
    mode: 'step_by_step',
    phases: { dns: platform.labPhases.dns },
  });
  await platform.call(campaignOperations.start, { id: campaignId, phase: 'generation' });
  await platform.until(campaignId, ['completed', 'failed', 'error'], 120_000);
  await platform.call(campaignOperations.startPhase, { id: campaignId, phase: 'dns' });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 120_000);
  expect(done.status).toBe('completed');

  const shares = await platform.clients.sql<{ runtime: string; batches: number }[]>`
    SELECT split_part(w.runtime, ' ', 1) AS runtime, count(*)::int AS batches
    FROM batches b JOIN workers w ON w.id = b.leased_by
    WHERE b.campaign_id = ${campaignId} AND b.phase = 'dns' AND b.status = 'done'
    GROUP BY 1 ORDER BY 1`;
  expect(shares.map(({ runtime }) => runtime)).toEqual(['deno', 'node']);
  const liveWorkers = new Set<string>();
  expect(
    await checkInvariants(platform.clients.sql, { campaignId, truth: platform.lab.truth, liveWorkers }),
  ).toEqual([]);
}, 300_000);
