import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngines } from '@domainflow/net/engines.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { openPgBossQueue, type PgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { createSecretBox } from '@domainflow/services/secrets/secret-box.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorker, type Worker } from './create-worker.ts';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';

const QUIET = { timeZone: 'UTC', from: '22:00', to: '06:00' };
const HOUR_MS = 3_600_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** The wall's clock of the worker: it can be put forward. */
const wall = { shiftMs: 0, nowMs: () => Date.now() + wall.shiftMs };
const setWall = (toMs: number): void => {
  wall.shiftMs = toMs - Date.now();
};
const tomorrowAt = (hours: number): number =>
  (Math.floor(Date.now() / (24 * HOUR_MS)) + 1) * 24 * HOUR_MS + hours * HOUR_MS;

let folder: string;
let platform: PlatformFixture;
let queue: PgBossQueue;
let engines: ReturnType<typeof createEngines>;
let worker: Worker;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quiet-'));
  platform = await openPlatformFixture({ logFile: join(folder, 'queries.ndjson') });
  const { db, sql } = platform.clients;
  queue = await openPgBossQueue({ url: platform.url, log: silent, supervise: false });
  engines = createEngines({ labJson: platform.labJson, allowedTargets: [] });
  const identity = { id: crypto.randomUUID(), host: 'here', pid: process.pid, runtime: 'test' };
  worker = await startWorker(
    {
      ...{ db, sql, queue, log: silent, identity, poolStats: engines.poolStats },
      ...{ proxyStats: engines.proxyStats, shareProxies: engines.shareProxies },
      secrets: createSecretBox(() => []),
      wallMs: () => wall.nowMs(),
      onAnnounced: () => {},
    },
    engines.ports,
  );
});
afterAll(async () => {
  await worker.stop();
  await engines.close();
  await queue.stop();
  await platform.close();
  await rm(folder, { recursive: true });
});

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** When the lab was asked, by the real clock. */
async function asked(): Promise<number[]> {
  await pause(1_200);
  const lines = (await readFile(join(folder, 'queries.ndjson'), 'utf8')).trimEnd().split('\n');
  return lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { at: number }).at);
}

async function waitingUntil(campaignId: string): Promise<string | null> {
  const { phases } = await platform.call(campaignOperations.get, { id: campaignId });
  return phases[0]?.waitingUntil ?? null;
}

async function untilWaiting(campaignId: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const until = await waitingUntil(campaignId);
    if (until !== null) return until;
    await pause(50);
  }
  throw new Error('It does not wait');
}

test('in quiet hours nothing is sent, the campaign says that it waits, and afterwards nothing is lost', async () => {
  setWall(tomorrowAt(22) - 3_500);
  const names = Array.from({ length: 900 }, (_, n) => `night-${n}.com`);
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'By night',
    campaignType: 'dns',
    input: { source: 'list', domains: names },
    phases: {
      dns: {
        ...platform.labPhases.dns,
        canaries: { enabled: false },
        shaping: { order: 'random', jitter: { distribution: 'uniform', meanMs: 5 }, quietHours: QUIET },
      },
    },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  expect(await untilWaiting(campaignId)).toBe(new Date(tomorrowAt(30)).toISOString());
  // Not a packet from the beginning of the quiet hours on.
  const quietFromMs = Date.now() + (tomorrowAt(22) - wall.nowMs());
  await pause(3_000);
  const before = await asked();
  expect(before.length).toBeGreaterThan(50);
  expect(Math.max(...before)).toBeLessThan(quietFromMs);
  const [ledger] = await platform.clients.sql<{ leased: number; crashes: number; attempts: number }[]>`
    SELECT count(*) FILTER (WHERE status = 'leased')::int AS leased, sum(crashes)::int AS crashes,
      max(attempts)::int AS attempts
    FROM batches WHERE campaign_id = ${campaignId} AND phase = 'dns'`;
  expect(ledger).toMatchObject({ leased: 0, crashes: 0, attempts: 1 });

  // Pausing and resuming does not make it go on before its time.
  await platform.call(campaignOperations.pause, { id: campaignId });
  await platform.call(campaignOperations.resume, { id: campaignId });
  setWall(tomorrowAt(29));
  await pause(3_000);
  expect(await asked()).toHaveLength(before.length);

  setWall(tomorrowAt(30) + 1);
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  expect(done.phases[0]).toMatchObject({ waitingUntil: null, total: 900, processed: 900 });
  const check = { campaignId, truth: platform.lab.truth, liveWorkers: new Set<string>() };
  expect(await checkInvariants(platform.clients.sql, check)).toEqual([]);
  const { phases } = await platform.call<{
    phases: { report: { quietHours: { waitedMs: number; sentence: string } } }[];
  }>(campaignOperations.traffic, { id: campaignId });
  expect((phases[0]?.report.quietHours.waitedMs ?? 0) / HOUR_MS).toBeCloseTo(8, 2);
  expect(phases[0]?.report.quietHours.sentence).toBe(
    'Quiet hours are from 22:00 to 06:00 (UTC); it has waited 8 h for them to end.',
  );
  const alerts = await platform.clients.sql<{ message: string }[]>`
    SELECT payload->>'message' AS message FROM events WHERE stream = ${campaignId} AND type = 'system_alert' ORDER BY id`;
  expect(alerts.map(({ message }) => message)).toEqual([
    `“By night” waits: its quiet hours last until ${new Date(tomorrowAt(30)).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    '“By night” goes on: its quiet hours are over.',
  ]);
}, 90_000);

test('a campaign that is started in quiet hours sends nothing before they end', async () => {
  setWall(tomorrowAt(54) - HOUR_MS);
  const before = (await asked()).length;
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Started by night',
    campaignType: 'dns',
    input: { source: 'list', domains: ['live-1.com', 'absent-1.com'] },
    phases: { dns: { ...platform.labPhases.dns, shaping: { preset: 'gentle', quietHours: QUIET } } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  await untilWaiting(campaignId);
  expect(await asked()).toHaveLength(before);
  setWall(tomorrowAt(54));
  expect((await platform.until(campaignId, ['completed', 'failed'])).status).toBe('completed');
  expect((await asked()).length).toBeGreaterThan(before);
}, 60_000);
