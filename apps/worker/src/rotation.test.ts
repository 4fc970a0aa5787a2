import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JITTER_DISTRIBUTIONS } from '@domainflow/domain/shaping/jitter.ts';
import type { TrafficReport } from '@domainflow/domain/shaping/traffic-report.ts';
import { labIdentity } from '@domainflow/lab/dns-plan.ts';
import { type DnsServer, startDnsServer } from '@domainflow/lab/dns-server.ts';
import { QueryLog } from '@domainflow/lab/query-log.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

/** A resolver of the lab's answers that counts who asked it for what. */
interface Counting {
  readonly server: DnsServer;
  readonly log: QueryLog;
}

let folder: string;
let platform: PlatformFixture;
let worker: WorkerProcess;
let resolvers: Counting[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rotation-'));
  platform = await openPlatformFixture({ logFile: join(folder, 'queries.ndjson') });
  resolvers = await Promise.all(
    [0, 1, 2].map(async () => {
      const log = new QueryLog({ countNames: true });
      const server = await startDnsServer(labIdentity('test'), log, { host: '127.0.0.1', port: 0 });
      return { server, log };
    }),
  );
  worker = await spawnWorker(platform, { env: { DOMAINFLOW_ALLOW_TARGETS: '127.0.0.0/8' } });
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await Promise.all(resolvers.map(({ server }) => server.close()));
  await platform.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  for (const { log } of resolvers) log.reset();
});

const addressOf = ({ server }: Counting): string => `${server.host}:${server.port}`;

async function persona(name: string, addresses: readonly string[]): Promise<string> {
  const { personaId } = await platform.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name,
    config: { resolvers: addresses },
  });
  return personaId;
}

/** Absent names: one question each, which any of them answers at once. */
const absent = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `absent-${prefix}${index}.com`);

const plainDns = { canaries: { enabled: false }, registrationCheck: 'off', wildcardDetection: false };

async function run(names: readonly string[], personaId: string, shaping: object): Promise<TrafficReport> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: `Rotation ${names[0]}`,
    campaignType: 'dns',
    input: { source: 'list', domains: names },
    phases: { dns: { personaId, ...plainDns, shaping } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.phases[0]?.counts).toEqual({ NXDOMAIN: names.length });
  const { phases } = await platform.call<{ phases: { report: TrafficReport | null }[] }>(
    campaignOperations.traffic,
    { id: campaignId },
  );
  return phases[0]?.report as TrafficReport;
}

/** Of these names, how many each resolver was asked for. */
const shares = (names: readonly string[]): number[] =>
  resolvers.map(({ log }) => {
    const { byName = {} } = log.read();
    return names.filter((name) => byName[name] !== undefined).length;
  });

/** Three shares of `count` that a fair draw gives: five standard deviations. */
function expectThirds(parts: readonly number[], count: number): void {
  for (const part of parts) expect(Math.abs(part - count / 3)).toBeLessThan(5 * Math.sqrt((count * 2) / 9));
}

test('resolvers take turns by domain: each is asked first for a third, the rest of the pool for nothing', async () => {
  const names = absent('turn', 900);
  const three = await persona('Three in turn', resolvers.map(addressOf));
  await run(names, three, { rotation: { resolvers: true, every: 'domain' } });
  const parts = shares(names);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(900);
  expectThirds(parts, 900);
});

test('personas take turns, and each asks its own resolvers', async () => {
  const names = absent('persona', 900);
  const [first, ...others] = await Promise.all(
    resolvers.map((each, index) => persona(`One of three, ${index}`, [addressOf(each)])),
  );
  await run(names, first ?? '', { rotation: { personaIds: others, every: 'domain' } });
  const parts = shares(names);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(900);
  expectThirds(parts, 900);
});

test('in slices of time one resolver after the other is asked', async () => {
  const names = absent('slice', 300);
  const three = await persona('Three in slices', resolvers.map(addressOf));
  const jitter = { distribution: 'uniform', meanMs: 8, spread: 0.1 };
  await run(names, three, { jitter, rotation: { resolvers: true, every: 'slice', sliceMs: 400 } });
  const parts = shares(names);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(300);
  // The run takes six slices and more: each has had its turn.
  for (const part of parts) expect(part).toBeGreaterThan(30);
  // Neighbours have the same resolver, but at the few changes.
  const { byName: ofFirst = {} } = (resolvers[0] as Counting).log.read();
  const isOfFirst = names.map((name) => ofFirst[name] !== undefined);
  const changes = isOfFirst.filter((is, index) => index > 0 && is !== isOfFirst[index - 1]).length;
  expect(changes).toBeLessThan(30);
});

/** When the lab was first asked for each of these names, in order. */
async function firstAsked(names: readonly string[]): Promise<number[]> {
  // The lab writes its log every second.
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  const lines = (await readFile(join(folder, 'queries.ndjson'), 'utf8')).trimEnd().split('\n');
  const wanted = new Set(names);
  return lines
    .map((line) => JSON.parse(line) as { at: number; name: string })
    .filter(({ name }) => wanted.delete(name))
    .map(({ at }) => at);
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

test.each<[(typeof JITTER_DISTRIBUTIONS)[number], number, readonly [number, number]]>([
  // The share of gaps within a quarter of the mean tells them apart: 100%, 68%, 20%.
  ['uniform', 0.25, [0.65, 1]],
  ['normal', 0.25, [0.5, 0.85]],
  ['exponential', 0.5, [0.05, 0.35]],
])(
  'jitter that is %s is what the server sees, and the report says so',
  async (distribution, spread, near) => {
    const names = absent(distribution, 200);
    const lab = await platform.personaNamed('dns', 'Lab');
    const report = await run(names, lab, { jitter: { distribution, meanMs: 30, spread } });
    const times = await firstAsked(names);
    expect(times).toHaveLength(200);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
    const seenMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const { interArrival } = report;
    // Five standard deviations of an exponential mean, and what a busy machine adds.
    expect(seenMs).toBeGreaterThan(30 * 0.65);
    expect(seenMs).toBeLessThan(30 * 1.6);
    expect(Math.abs((interArrival.meanMs ?? 0) - seenMs)).toBeLessThan(seenMs * 0.15);
    expect(interArrival.configured).toMatchObject({ distribution, meanMs: 30 });
    const median = medianOf(gaps);
    const close = gaps.filter((gap) => Math.abs(gap - median) <= 30 * 0.25).length / gaps.length;
    expect(close).toBeGreaterThan(near[0]);
    expect(close).toBeLessThanOrEqual(near[1] + 0.1);
  },
);
