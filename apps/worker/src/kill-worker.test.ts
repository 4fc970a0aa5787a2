import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

const KILLS_A_PHASE = 3;
/** Lease, sweep and start of a new worker, with room for a busy machine: nothing may stand still for longer. */
const RECOVERY_LIMIT_MS = 30_000;

let platform: PlatformFixture;
const workers = new Set<WorkerProcess>();
beforeAll(async () => {
  platform = await openPlatformFixture();
});
afterAll(async () => {
  await Promise.all([...workers].map((worker) => worker.kill('SIGTERM')));
  await platform.close();
});

async function startWorker(): Promise<WorkerProcess> {
  const worker = await spawnWorker(platform);
  workers.add(worker);
  return worker;
}

/** Waits until the phase has processed at least `share` of its domains; false where it ended before. */
async function untilShare(campaignId: string, phaseName: string, share: number): Promise<boolean> {
  let deadline = performance.now() + RECOVERY_LIMIT_MS;
  let seen = -1;
  for (;;) {
    const { phases, status } = await platform.call(campaignOperations.get, { id: campaignId });
    const phase = phases.find((each) => each.phase === phaseName);
    if (phase === undefined || phase.status === 'completed' || status === 'completed') return false;
    if (phase.status === 'running' && phase.processed >= share * phase.total) return true;
    const processed = phases.reduce((sum, each) => sum + each.processed, 0);
    if (processed !== seen) deadline = performance.now() + RECOVERY_LIMIT_MS;
    seen = processed;
    if (performance.now() > deadline) {
      throw new Error(`${phaseName} stands at ${phase.processed} of ${phase.total} (${phase.status})`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('kill -9 in mid-phase, again and again, loses nothing and duplicates nothing', async () => {
  let victim = await startWorker();
  await startWorker();
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Killed',
    campaignType: 'pipeline',
    input: {
      source: 'pattern',
      pattern: {
        pattern: 'prefix',
        constantPart: 'kill',
        prefixVariableLength: 3,
        charSet: 'abcdefghijklmnopqrstu',
        tlds: ['com'],
      },
    },
    phases: platform.labPhases,
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  let kills = 0;
  for (const phase of ['dns', 'http']) {
    for (let kill = 0; kill < KILLS_A_PHASE; kill++) {
      if (!(await untilShare(campaignId, phase, (kill + 0.3) / (KILLS_A_PHASE + 1)))) break;
      await victim.kill('SIGKILL');
      workers.delete(victim);
      kills++;
      victim = await startWorker();
    }
  }
  const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 120_000);
  expect(done.status).toBe('completed');
  expect(kills).toBeGreaterThanOrEqual(KILLS_A_PHASE);
  const violations = await checkInvariants(platform.clients.sql, {
    campaignId,
    truth: platform.lab.truth,
    liveWorkers: new Set(),
  });
  expect(violations).toEqual([]);
}, 240_000);
