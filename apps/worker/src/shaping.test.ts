import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrafficReport } from '@domainflow/domain/shaping/traffic-report.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let folder: string;
let platform: PlatformFixture;
let worker: WorkerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shaping-'));
  platform = await openPlatformFixture({ logFile: join(folder, 'queries.ndjson') });
  worker = await spawnWorker(platform);
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
  await rm(folder, { recursive: true });
});

interface Query {
  readonly at: number;
  readonly name: string;
  readonly transport: string;
}

/** What the lab was asked over DNS about these names, in order. */
async function queriesFor(names: ReadonlySet<string>): Promise<Query[]> {
  // The lab writes its log every second.
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  const lines = (await readFile(join(folder, 'queries.ndjson'), 'utf8')).trimEnd().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Query & { protocol: string })
    .filter(({ protocol, name }) => protocol === 'dns' && names.has(name));
}

function correlation(values: readonly number[]): number {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (const [x, y] of values.entries()) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

/** Ordinals in the order in which the lab was first asked about them. */
function firstSeen(queries: readonly Query[], names: readonly string[]): number[] {
  const ordinals = new Map(names.map((name, ordinal) => [name, ordinal]));
  return [...new Set(queries.map(({ name }) => name))].map((name) => ordinals.get(name) ?? Number.NaN);
}

interface Shaped {
  readonly campaignId: string;
  readonly queries: readonly Query[];
  readonly report: TrafficReport;
}

/** Settings of the DNS phase that ask about the campaign's names and nothing else. */
const plainDns = { canaries: { enabled: false }, registrationCheck: 'off', wildcardDetection: false };

async function reportOf(campaignId: string, phase = 'dns'): Promise<TrafficReport> {
  const { phases } = await platform.call<{ phases: { phase: string; report: TrafficReport | null }[] }>(
    campaignOperations.traffic,
    { id: campaignId },
  );
  const report = phases.find((each) => each.phase === phase)?.report;
  if (report === undefined || report === null) throw new Error('not shaped');
  return report;
}

async function expectTruth(campaignId: string): Promise<void> {
  const check = { campaignId, truth: platform.lab.truth, liveWorkers: new Set<string>() };
  expect(await checkInvariants(platform.clients.sql, check)).toEqual([]);
}

async function create(names: readonly string[], shaping: unknown, more: object = {}): Promise<string> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: `Shaped ${names[0]}`,
    campaignType: 'dns',
    input: { source: 'list', domains: names },
    phases: { dns: { ...platform.labPhases.dns, ...plainDns, shaping, ...more } },
  });
  return campaignId;
}

async function run(names: readonly string[], shaping: unknown, more: object = {}): Promise<Shaped> {
  const campaignId = await create(names, shaping, more);
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  await expectTruth(campaignId);
  return { campaignId, queries: await queriesFor(new Set(names)), report: await reportOf(campaignId) };
}

const manyNames = (prefix: string, n: number, suffix = 'com'): string[] =>
  Array.from({ length: n }, (_, index) => `${prefix}-${String(index).padStart(5, '0')}.${suffix}`);

/** Queries of the second before that a busy lab may read, and so date, late. */
const READ_TOGETHER = 2;

/** The most of these moments that lie in any one second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [index, time] of sorted.entries()) {
    while (time - (sorted[from] ?? time) >= 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

test('an order of domains is seen by the server, a random one is not, and the report says so', async () => {
  const jitter = { distribution: 'exponential', meanMs: 4 };
  const plain = manyNames('plain', 1_200);
  const inOrder = await run(plain, { order: 'sequential', jitter });
  const seenInOrder = correlation(firstSeen(inOrder.queries, plain));
  expect(seenInOrder).toBeGreaterThan(0.9);
  expect(inOrder.report.order).toMatchObject({ configured: 'sequential', domains: 1_200 });
  expect(inOrder.report.order.correlation).toBeGreaterThan(0.9);
  expect(inOrder.report.order.sentence).toContain('follows the order');

  const mixed = manyNames('mixed', 1_200);
  const shuffled = await run(mixed, { order: 'random', jitter });
  const seenShuffled = correlation(firstSeen(shuffled.queries, mixed));
  expect(Math.abs(seenShuffled)).toBeLessThan(0.1);
  expect(Math.abs((shuffled.report.order.correlation ?? 1) - seenShuffled)).toBeLessThan(0.05);
  expect(shuffled.report.order.sentence).toContain('cannot be seen');

  // What the server sees between two queries: half of an exponential distribution lies below 0.69 of its mean.
  const { interArrival, starts } = shuffled.report;
  expect(starts).toBeLessThanOrEqual(shuffled.queries.length);
  expect(starts).toBeGreaterThanOrEqual(1_200);
  expect(interArrival.configured).toEqual({ distribution: 'exponential', meanMs: 4, variation: 1 });
  expect(interArrival.medianMs).toBeGreaterThan(1);
  expect(interArrival.medianMs).toBeLessThan(9);
  const durationMs = (shuffled.queries.at(-1)?.at ?? 0) - (shuffled.queries[0]?.at ?? 0);
  expect((interArrival.meanMs ?? 0) * interArrival.count).toBeLessThan(durationMs * 1.05 + 100);
}, 60_000);

test('caps hold in every second of the log', async () => {
  const answering = (prefix: string, n: number, suffix: string): string[] =>
    manyNames(prefix, n * 2, suffix)
      .filter((name) => ['OK', 'NXDOMAIN', 'NOANSWER'].includes(platform.lab.truth(name).dns.verdict))
      .slice(0, n);
  const capped = answering('capped', 90, 'com');
  const free = answering('free', 300, 'de');
  const both = await run([...capped, ...free], {
    order: 'random',
    caps: { nameServer: { perSecond: 40 }, registrableDomain: { perSecond: 2, concurrency: 1 } },
  });
  for (const suffix of ['.com', '.de']) {
    // A truncated answer is asked for again over TCP: that is made up for later.
    const udp = both.queries.filter(({ name, transport }) => transport === 'udp' && name.endsWith(suffix));
    expect(udp.length).toBeGreaterThanOrEqual(90);
    expect(mostInASecond(udp.map(({ at }) => at))).toBeLessThanOrEqual(40 + READ_TOGETHER);
  }
  for (const name of new Set(both.queries.map((query) => query.name))) {
    const udp = both.queries.filter((query) => query.name === name && query.transport === 'udp');
    expect(mostInASecond(udp.map(({ at }) => at))).toBeLessThanOrEqual(2);
  }
  const nameServer = both.report.caps.find(({ target }) => target === 'nameServer');
  expect(nameServer).toMatchObject({ perSecond: 40, concurrency: null });
  expect(nameServer?.heldUp).toBeGreaterThan(100);
  expect(nameServer?.waitedMs).toBeGreaterThan(1_000);

  const slow = await run(answering('slow', 150, 'com'), { caps: { resolver: { perSecond: 50 } } });
  expect(mostInASecond(slow.queries.map(({ at }) => at))).toBeLessThanOrEqual(50 + READ_TOGETHER);
}, 90_000);

test('visits are shaped too, and every site keeps its verdict', async () => {
  const names = manyNames('visited', 500).filter((name) => {
    const kind = platform.lab.truth(name).site?.kind;
    // Sites that keep their visitors waiting have tests of their own.
    return kind === undefined || !['tarpit', 'slowsite'].includes(kind);
  });
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Shaped visits',
    campaignType: 'pipeline',
    input: { source: 'list', domains: names },
    phases: {
      analysis: platform.labPhases.analysis,
      dns: { ...platform.labPhases.dns, ...plainDns },
      http: {
        ...platform.labPhases.http,
        shaping: {
          order: 'random',
          jitter: { distribution: 'uniform', meanMs: 15 },
          caps: { registrableDomain: { perSecond: 20, concurrency: 2 }, address: { concurrency: 4 } },
        },
      },
    },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  expect((await platform.until(campaignId, ['completed', 'failed', 'error'])).status).toBe('completed');
  await expectTruth(campaignId);
  const report = await reportOf(campaignId, 'http');
  expect(report.order.domains).toBeGreaterThan(100);
  expect(Math.abs(report.order.correlation ?? 1)).toBeLessThan(0.25);
  expect(report.interArrival.medianMs).toBeGreaterThan(5);
  expect(report.interArrival.medianMs).toBeLessThan(40);
  expect(report.longestRuns.map(({ target }) => target)).toEqual(['address', 'registrableDomain']);
}, 90_000);
