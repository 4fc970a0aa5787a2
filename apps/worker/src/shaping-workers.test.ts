import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let folder: string;
let platform: PlatformFixture;
const workers: WorkerProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shaping-workers-'));
  platform = await openPlatformFixture({ logFile: join(folder, 'queries.ndjson') });
  workers.push(await spawnWorker(platform), await spawnWorker(platform));
}, 60_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGTERM')));
  await platform.close();
  await rm(folder, { recursive: true });
});

interface Asked {
  readonly at: number;
  readonly protocol: string;
  readonly name: string;
  readonly transport: string;
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** What the lab was asked about these names, in order. */
async function askedAbout(names: ReadonlySet<string>): Promise<Asked[]> {
  // The lab writes its log every second.
  await pause(1_300);
  const lines = (await readFile(join(folder, 'queries.ndjson'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Asked).filter(({ name }) => names.has(name));
}

/** The most of these moments that lie in any stretch of so many milliseconds. */
function mostWithin(stretchMs: number, times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [index, time] of sorted.entries()) {
    while (time - (sorted[from] ?? time) >= stretchMs) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

/** The lab runs in this process: what comes while it is busy is read, and so dated, late. */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

/** At most a tenth above the cap, in any second and over five of them. */
function expectWithin(perSecond: number, asked: readonly Asked[]): void {
  const times = asked.map(({ at }) => at);
  for (const stretchMs of [1_000, 5_000]) {
    const lateMs = delay.max / 1e6;
    const allowed = Math.ceil((perSecond * 1.1 * (stretchMs + lateMs)) / 1_000) + 1;
    expect(mostWithin(stretchMs, times)).toBeLessThanOrEqual(allowed);
  }
}

const plainDns = { canaries: { enabled: false }, registrationCheck: 'off', wildcardDetection: false };

async function start(names: readonly string[], shaping: object): Promise<string> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: `Shaped ${names[0]}`,
    campaignType: 'dns',
    input: { source: 'list', domains: names },
    phases: { dns: { ...platform.labPhases.dns, ...plainDns, shaping } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  return campaignId;
}

/** Waits for the end of a campaign; gives how many workers have worked on it. */
async function finish(campaignId: string): Promise<number> {
  const takers = new Set<string>();
  const watch = setInterval(async () => {
    const rows = await platform.clients.sql<{ leasedBy: string }[]>`
      SELECT DISTINCT leased_by AS "leasedBy" FROM batches
      WHERE campaign_id = ${campaignId} AND status = 'leased'`;
    for (const { leasedBy } of rows) takers.add(leasedBy);
  }, 250);
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  clearInterval(watch);
  expect(done.status).toBe('completed');
  const check = { campaignId, truth: platform.lab.truth, liveWorkers: new Set<string>() };
  expect(await checkInvariants(platform.clients.sql, check)).toEqual([]);
  return takers.size;
}

/** Names that answer at once, so that nothing is asked twice. */
const answering = (prefix: string, count: number, suffix: string): string[] =>
  Array.from({ length: count * 2 }, (_, index) => `${prefix}${index}.${suffix}`)
    .filter((name) => {
      const { verdict, truncated } = platform.lab.truth(name).dns;
      return (verdict === 'OK' || verdict === 'NXDOMAIN') && !truncated;
    })
    .slice(0, count);

test('two workers keep the caps of a resolver, of name servers and of a domain together', async () => {
  const hosts = Array.from({ length: 40 }, (_, index) => `host${index}.live-shared.de`);
  const names = [...answering('resolver', 700, 'com'), ...hosts];
  const campaignId = await start(names, {
    order: 'random',
    caps: {
      resolver: { perSecond: 120 },
      nameServer: { perSecond: 90 },
      registrableDomain: { perSecond: 4 },
    },
  });
  expect(await finish(campaignId)).toBe(2);
  const asked = await askedAbout(new Set(names));
  expectWithin(120, asked);
  expectWithin(
    90,
    asked.filter(({ name }) => name.endsWith('.com')),
  );
  expectWithin(
    4,
    asked.filter(({ name }) => name.endsWith('.de')),
  );
  // And they are used: shares that nobody takes would slow the work down.
  const ofCom = asked.filter(({ name }) => name.endsWith('.com'));
  const durationS = ((ofCom.at(-1)?.at ?? 0) - (ofCom[0]?.at ?? 0)) / 1_000;
  expect(ofCom.length / durationS).toBeGreaterThan(50);
}, 120_000);

test('a worker that joins takes its share once the others have made room', async () => {
  await workers.pop()?.kill('SIGTERM');
  // Its leave is known to the other within two and a half seconds.
  await pause(2_800);
  delay.reset();
  const names = answering('joining', 3_200, 'com');
  const campaignId = await start(names, { caps: { resolver: { perSecond: 300 } } });
  workers.push(await spawnWorker(platform));
  expect(await finish(campaignId)).toBe(2);
  expectWithin(300, await askedAbout(new Set(names)));
}, 120_000);

test('two workers keep the caps of an address together', async () => {
  const zones = answering('visited', 60, 'com').filter(
    (name) => platform.lab.truth(name).site?.kind === 'live',
  );
  // Hosts that share the addresses of their zone.
  const names = zones.slice(0, 12).flatMap((zone) => [zone, `www.${zone}`, `mail.${zone}`, `ns1.${zone}`]);
  const filler = answering('filler', 1_000, 'org').filter((name) => platform.lab.truth(name).site === null);
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Visits by two workers',
    campaignType: 'pipeline',
    input: { source: 'list', domains: [...names, ...filler] },
    phases: {
      analysis: platform.labPhases.analysis,
      dns: { ...platform.labPhases.dns, ...plainDns },
      http: { ...platform.labPhases.http, shaping: { order: 'random', caps: { address: { perSecond: 2 } } } },
    },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  await finish(campaignId);
  const asked = (await askedAbout(new Set(names))).filter(({ protocol }) => protocol !== 'dns');
  for (const zone of zones.slice(0, 12)) {
    const visits = asked.filter(({ name }) => name === zone || name.endsWith(`.${zone}`));
    expect(visits.length).toBeGreaterThan(0);
    expectWithin(2, visits);
  }
}, 120_000);
