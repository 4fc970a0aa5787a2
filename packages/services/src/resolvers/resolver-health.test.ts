import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { resolverOperations } from './operations.ts';
import {
  type ResolverReport,
  reportResolverHealth,
  withdrawResolverHealth,
} from './report-resolver-health.ts';

interface Item {
  readonly resolver: string;
  readonly state: string;
  readonly since: string;
  readonly queriesPerSecond: number;
  readonly workers: { readonly workerId: string; readonly since: string }[];
}

const FIRST = '01890000-0000-7000-8000-000000000001';
const SECOND = '01890000-0000-7000-8000-000000000002';

let fixture: ServiceFixture;
let member: TestClient;
beforeAll(async () => {
  fixture = await openServiceFixture();
  member = await fixture.signedIn('member', 'member');
  await fixture.sql`INSERT INTO workers (id, host, pid, runtime) VALUES (${FIRST}, 'alpha', 1, 'node 24')`;
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.sql`DELETE FROM resolver_health`;
});

const report = (resolver: string, changes: Partial<ResolverReport> = {}): ResolverReport => ({
  transport: 'udp',
  resolver,
  state: 'healthy',
  problem: null,
  queries: 100,
  replies: 90,
  timeouts: 10,
  lost: 0,
  ejections: 0,
  rcodes: { NOERROR: 40, NXDOMAIN: 40, SERVFAIL: 10 },
  p50Ms: 10,
  p95Ms: 40,
  ...changes,
});
const health = async (): Promise<Item[]> =>
  (await member.call<{ items: Item[] }>(resolverOperations.health)).items;

test('the reports of several workers become one entry for each resolver', async () => {
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53'), report('192.0.2.2:53')]);
  await reportResolverHealth(fixture.sql, SECOND, [
    report('192.0.2.1:53', {
      queries: 300,
      replies: 270,
      timeouts: 30,
      rcodes: { NOERROR: 270 },
      p50Ms: 30,
      p95Ms: 80,
    }),
    report('https://dns.example/dns-query', {
      transport: 'doh',
      state: 'ejected',
      problem: 'No connection',
      ejections: 2,
      p50Ms: null,
      p95Ms: null,
      queries: 0,
      replies: 0,
      timeouts: 0,
      rcodes: {},
    }),
  ]);
  expect(await health()).toMatchObject([
    {
      ...{ resolver: '192.0.2.1:53', transport: 'udp', state: 'healthy', problem: null, canaries: null },
      ...{ queries: 400, replies: 360, timeouts: 40, lost: 0, p50Ms: 25, p95Ms: 70 },
      rcodes: { NOERROR: 310, NXDOMAIN: 40, SERVFAIL: 10 },
      errorRate: expect.closeTo(0.125),
      workers: [
        { workerId: FIRST, host: 'alpha', queries: 100 },
        { workerId: SECOND, host: null, queries: 300 },
      ],
    },
    { resolver: '192.0.2.2:53', workers: [{ workerId: FIRST }] },
    {
      ...{ resolver: 'https://dns.example/dns-query', transport: 'doh', state: 'ejected', ejections: 2 },
      ...{ problem: 'No connection', errorRate: null, p50Ms: null },
    },
  ]);
});

test('a state lasts from its beginning, and the speed is that between two reports', async () => {
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53')]);
  await fixture.sql`UPDATE resolver_health SET since = now() - interval '1 minute', reported_at = now() - interval '5 seconds'`;
  const [before] = await health();
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53', { queries: 1_100 })]);
  const [same] = await health();
  expect(same?.since).toBe(before?.since);
  expect(same?.queriesPerSecond).toBeGreaterThan(150);
  expect(same?.queriesPerSecond).toBeLessThan(201);
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53', { state: 'ejected', queries: 5 })]);
  const [ejected] = await health();
  expect(ejected?.state).toBe('ejected');
  expect(ejected?.since.localeCompare(same?.since ?? '')).toBe(1);
  // A pool that was opened again counts from the beginning.
  expect(ejected?.queriesPerSecond).toBe(0);
});

test('what is asked no more goes, and with a worker all that it said', async () => {
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53'), report('192.0.2.2:53')]);
  await reportResolverHealth(fixture.sql, SECOND, [report('192.0.2.1:53', { state: 'ejected' })]);
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53')]);
  expect((await health()).map(({ resolver, workers }) => [resolver, workers.length])).toEqual([
    ['192.0.2.1:53', 2],
  ]);
  // Killed: nobody takes its reports back.
  await fixture.sql`UPDATE resolver_health SET reported_at = now() - interval '31 seconds' WHERE worker_id = ${SECOND}`;
  expect((await health())[0]?.workers.map(({ workerId }) => workerId)).toEqual([FIRST]);
  await reportResolverHealth(fixture.sql, FIRST, []);
  expect(await fixture.sql`SELECT 1 FROM resolver_health`).toHaveLength(0);
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53')]);
  await withdrawResolverHealth(fixture.sql, FIRST);
  expect(await health()).toEqual([]);
});

test('canaries of runs say whether a resolver lies', async () => {
  const campaign = '01890000-0000-7000-8000-0000000000aa';
  await fixture.sql`INSERT INTO campaigns (id, name, type, mode, status, input, owner_id, created_by)
    SELECT ${campaign}, 'Run', 'dns', 'full_sequence', 'active', '{}', id, id FROM users LIMIT 1`;
  await fixture.sql`INSERT INTO phase_runs (campaign_id, phase, position, status) VALUES (${campaign}, 'dns', 0, 'running')`;
  const metrics = {
    'canary.192.0.2.1:53.positiveAsked': 10,
    'canary.192.0.2.1:53.falseNegative': 1,
    'canary.192.0.2.1:53.absentAsked': 8,
    'canary.192.0.2.2:53.absentAsked': 3,
    'canary.192.0.2.2:53.falsePositive': 2,
    'lying.192.0.2.2:53': 1,
    'wildcard.probes': 4,
  };
  for (const batch of [0, 1]) {
    await fixture.sql`INSERT INTO batches (campaign_id, phase, batch_no, run, lo, hi, items, metrics)
      VALUES (${campaign}, 'dns', ${batch}, 1, 0, 1, 1, ${JSON.stringify(metrics)}::text::jsonb)`;
  }
  await reportResolverHealth(fixture.sql, FIRST, [report('192.0.2.1:53'), report('192.0.2.2:53')]);
  expect(await health()).toMatchObject([
    {
      state: 'healthy',
      canaries: { positiveAsked: 20, falseNegatives: 2, absentAsked: 16, falsePositives: 0 },
    },
    { state: 'lying', canaries: { positiveAsked: 0, falseNegatives: 0, absentAsked: 6, falsePositives: 4 } },
  ]);
});

test('it is not for the public', async () => {
  await expect(fixture.client().call(resolverOperations.health)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
});
