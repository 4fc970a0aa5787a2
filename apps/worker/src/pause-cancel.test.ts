import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import type { CampaignView } from '@domainflow/services/campaigns/reading/read-campaign.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

/** What pause and cancel are promised to take, in milliseconds. */
const EFFECT_LIMIT_MS = 2_000;

let platform: PlatformFixture;
let worker: WorkerProcess;
let slowPersonaId: string;
beforeAll(async () => {
  platform = await openPlatformFixture();
  worker = await spawnWorker(platform);
  const persona = await platform.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name: 'Slow',
    config: {
      resolvers: [`${platform.lab.dns.host}:${platform.lab.dns.port}`],
      queriesPerSecond: 1_500,
      timeoutMs: 1_000,
      attempts: 3,
    },
  });
  slowPersonaId = persona.personaId;
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
});

async function startSlowCampaign(count: number): Promise<string> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Slow enough to stop',
    campaignType: 'dns',
    input: { source: 'list', domains: Array.from({ length: count }, (_, n) => `stop${n}.com`) },
    phases: { dns: { personaId: slowPersonaId } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  return campaignId;
}

/** The DNS phase as soon as `holds` is true of it. */
async function untilPhase(
  campaignId: string,
  holds: (phase: CampaignView['phases'][number]) => boolean,
  timeoutMs: number,
): Promise<CampaignView['phases'][number]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const [phase] = (await platform.call(campaignOperations.get, { id: campaignId })).phases;
    if (phase === undefined) throw new Error('no phase');
    if (holds(phase)) return phase;
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${JSON.stringify(phase)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const underWay = (phase: CampaignView['phases'][number]): boolean => phase.processed > 500;
const letGo = (phase: CampaignView['phases'][number]): boolean => phase.batches.leased === 0;

test('pause lets go of all batches within two seconds, keeps what is done, and resume ends with the truth', async () => {
  const campaignId = await startSlowCampaign(6_000);
  for (let round = 1; round <= 2; round++) {
    await untilPhase(campaignId, (phase) => phase.processed > 1_200 * round, 30_000);
    const paused = await platform.call(campaignOperations.pause, { id: campaignId });
    expect(paused.status).toBe('paused');
    const stopped = await untilPhase(campaignId, letGo, EFFECT_LIMIT_MS);
    expect(stopped.processed).toBeGreaterThan(1_200 * round);
    const waiting = await platform.call<{ items: { dnsStatus: string }[]; total: number }>(
      campaignOperations.domains,
      { id: campaignId, dnsStatus: 'pending', limit: 20 },
    );
    expect(waiting.total).toBe(stopped.total - stopped.processed);
    expect(waiting.items.map(({ dnsStatus }) => dnsStatus)).toEqual(Array(20).fill('pending'));
    const asked = platform.lab.queries().dns.total;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(platform.lab.queries().dns.total).toBe(asked);
    const resumed = await platform.call(campaignOperations.resume, { id: campaignId });
    expect(resumed.status).toBe('active');
  }
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  const liveWorkers = new Set<string>();
  expect(
    await checkInvariants(platform.clients.sql, { campaignId, truth: platform.lab.truth, liveWorkers }),
  ).toEqual([]);
});

test('cancel lets go of all batches within two seconds and keeps what is done', async () => {
  const campaignId = await startSlowCampaign(6_000);
  await untilPhase(campaignId, underWay, 30_000);
  await platform.call(campaignOperations.cancel, { id: campaignId });
  const stopped = await untilPhase(campaignId, letGo, EFFECT_LIMIT_MS);
  expect(stopped.status).toBe('cancelled');
  const [rows] = await platform.clients.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM results WHERE campaign_id = ${campaignId}`;
  expect(rows?.n).toBe(stopped.processed);
  expect(rows?.n).toBeGreaterThan(500);
});

test('deleting a running campaign makes it invisible at once and its data goes', async () => {
  const campaignId = await startSlowCampaign(6_000);
  await untilPhase(campaignId, underWay, 30_000);
  await platform.call(campaignOperations.delete, { id: campaignId });
  await expect(platform.call(campaignOperations.get, { id: campaignId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect
    .poll(
      async () => {
        const [left] = await platform.clients.sql<{ n: number }[]>`
          SELECT (SELECT count(*) FROM results WHERE campaign_id = ${campaignId})
            + (SELECT count(*) FROM domains WHERE campaign_id = ${campaignId})
            + (SELECT count(*) FROM batches WHERE campaign_id = ${campaignId})
            + (SELECT count(*) FROM campaigns WHERE id = ${campaignId}) AS n`;
        return Number(left?.n);
      },
      { timeout: 20_000 },
    )
    .toBe(0);
});
