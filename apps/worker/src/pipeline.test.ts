import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
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

test('a pipeline campaign ends with the truth about every name', async () => {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'All phases',
    campaignType: 'pipeline',
    input: {
      source: 'pattern',
      pattern: {
        pattern: 'prefix',
        constantPart: 'shop',
        prefixVariableLength: 2,
        charSet: 'abcdefghij',
        tlds: ['com', 'de', 'fr'],
      },
    },
    phases: platform.labPhases,
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  expect(done.phases.map(({ status }) => status)).toEqual(Array(4).fill('completed'));
  expect(
    await checkInvariants(platform.clients.sql, {
      campaignId,
      truth: platform.lab.truth,
      liveWorkers: new Set(),
    }),
  ).toEqual([]);
});
