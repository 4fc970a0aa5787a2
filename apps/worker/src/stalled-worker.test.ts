import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let platform: PlatformFixture;
const workers: WorkerProcess[] = [];
beforeAll(async () => {
  platform = await openPlatformFixture();
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  await platform.close();
});

test('a worker that stood still past its lease writes nothing when it wakes', async () => {
  const persona = await platform.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name: 'Slow',
    config: {
      resolvers: [`${platform.lab.dns.host}:${platform.lab.dns.port}`],
      queriesPerSecond: 1_000,
      timeoutMs: 1_000,
      attempts: 3,
    },
  });
  const sleeper = await spawnWorker(platform);
  workers.push(sleeper);
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Asleep',
    campaignType: 'dns',
    input: { source: 'list', domains: Array.from({ length: 4_000 }, (_, n) => `asleep${n}.com`) },
    phases: { dns: { personaId: persona.personaId } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const standing = async () => {
    const [phase] = (await platform.call(campaignOperations.get, { id: campaignId })).phases;
    if (phase === undefined) throw new Error('no phase');
    return phase;
  };
  await expect.poll(async () => (await standing()).processed, { timeout: 30_000 }).toBeGreaterThan(300);
  sleeper.child.kill('SIGSTOP');
  const before = (await standing()).processed;
  expect(before).toBeLessThan(4_000);

  const other = await spawnWorker(platform);
  workers.push(other);
  const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 90_000);
  expect(done.status).toBe('completed');
  const [held] = await platform.clients.sql<{ token: string; crashes: number }[]>`
    SELECT token, crashes FROM batches WHERE campaign_id = ${campaignId} AND status = 'done'`;
  // Claimed, taken away, claimed again: each raises the token.
  expect(held).toEqual({ token: '3', crashes: 1 });

  const rows = () => platform.clients.sql`
    SELECT ordinal, verdict, checked_at, xmin::text FROM results WHERE campaign_id = ${campaignId} ORDER BY ordinal`;
  const untouched = [...(await rows())];
  sleeper.child.kill('SIGCONT');
  await expect
    .poll(() => sleeper.output(), { timeout: 15_000 })
    .toContain('The batch has gone to another worker');
  expect([...(await rows())]).toEqual(untouched);
  const liveWorkers = new Set<string>();
  expect(
    await checkInvariants(platform.clients.sql, { campaignId, truth: platform.lab.truth, liveWorkers }),
  ).toEqual([]);
}, 180_000);
