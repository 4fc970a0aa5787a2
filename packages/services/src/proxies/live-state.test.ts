import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { proxyPoolOperations } from '../proxy-pools/operations.ts';
import type { LiveState } from './live-state.ts';
import { proxyOperations } from './operations.ts';
import { type ProxyReport, reportProxyHealth, withdrawProxyHealth } from './report-proxy-health.ts';

const FIRST = '01890000-0000-7000-8000-000000000001';
const SECOND = '01890000-0000-7000-8000-000000000002';

interface View {
  readonly proxyId: string;
  readonly live: LiveState | null;
}

let fixture: ServiceFixture;
let member: TestClient;
let ids: string[];
let poolId: string;
beforeAll(async () => {
  fixture = await openServiceFixture();
  member = await fixture.signedIn('member', 'member');
  await fixture.sql`INSERT INTO workers (id, host, pid, runtime) VALUES (${FIRST}, 'alpha', 1, 'node 24')`;
  ids = [];
  for (const name of ['a', 'b', 'c']) {
    const input = { name, kind: 'socks5', host: `${name}.proxy.example`, port: 1080 };
    ids.push((await member.call<View>(proxyOperations.create, input)).proxyId);
  }
  const pool = { name: 'Pool', proxyIds: ids };
  ({ proxyPoolId: poolId } = await member.call<{ proxyPoolId: string }>(proxyPoolOperations.create, pool));
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.sql`DELETE FROM proxy_health`;
});

const report = (index: number, changes: Partial<ProxyReport> = {}): ProxyReport => ({
  ...{ proxyId: ids[index] ?? '', state: 'healthy', problem: null, connections: 2, requests: 100 },
  ...{ failures: 0, failuresByKind: {}, ejections: 0, p50Ms: 10, p95Ms: 30, idleMs: 0 },
  ...changes,
});
const dead = (index: number): ProxyReport =>
  report(index, {
    ...{ state: 'ejected', problem: 'Proxy: ECONNRESET', connections: 0, requests: 3, failures: 3 },
    ...{ failuresByKind: { reset: 2, timeout: 1 }, ejections: 1, p50Ms: null, p95Ms: null, idleMs: 60_000 },
  });
const live = async (): Promise<(LiveState | null)[]> =>
  (await member.call<{ items: View[] }>(proxyOperations.list)).items.map((item) => item.live);

test('what several workers find of a proxy is told as one, with each of them', async () => {
  expect(await live()).toEqual([null, null, null]);
  await reportProxyHealth(fixture.sql, FIRST, [report(0), dead(1)]);
  await reportProxyHealth(fixture.sql, SECOND, [report(0, { requests: 300, p50Ms: 30, connections: 1 })]);
  const [a, b, c] = await live();
  expect(a).toMatchObject({
    ...{ state: 'healthy', problem: null, connections: 3, requests: 400, failures: 0, p50Ms: 25 },
    workers: [
      { workerId: FIRST, host: 'alpha', requests: 100 },
      { workerId: SECOND, host: null, requests: 300 },
    ],
  });
  expect(b).toMatchObject({
    ...{ state: 'ejected', problem: 'Proxy: ECONNRESET', failures: 3, ejections: 1, p50Ms: null },
    failuresByKind: { reset: 2, timeout: 1 },
    workers: [{ workerId: FIRST, state: 'ejected' }],
  });
  expect(Date.now() - Date.parse(b?.usedAt ?? '')).toBeGreaterThan(50_000);
  expect(c).toBeNull();
  const one = await member.call<View>(proxyOperations.get, { id: ids[1] });
  expect(one.live).toEqual(b);
});

test('pools count their proxies by state, and name each', async () => {
  await reportProxyHealth(fixture.sql, FIRST, [report(0), dead(1)]);
  const states = { healthy: 1, probing: 0, ejected: 1, unused: 1 };
  expect(await member.call(proxyPoolOperations.list)).toMatchObject({ items: [{ states }] });
  expect(await member.call(proxyPoolOperations.get, { id: poolId })).toMatchObject({
    states,
    proxyIds: ids,
    members: [
      { name: 'a', state: 'healthy', connections: 2, requests: 100, workers: 1 },
      { name: 'b', state: 'ejected', problem: 'Proxy: ECONNRESET', failures: 3 },
      { name: 'c', state: null, workers: 0 },
    ],
  });
});

test('a state lasts from its beginning, and the speed is that between two reports', async () => {
  await reportProxyHealth(fixture.sql, FIRST, [report(0)]);
  await fixture.sql`UPDATE proxy_health SET since = now() - interval '1 minute', reported_at = now() - interval '5 seconds'`;
  const [before] = await live();
  await reportProxyHealth(fixture.sql, FIRST, [report(0, { requests: 600 })]);
  const [same] = await live();
  expect(same?.since).toBe(before?.since);
  expect(same?.requestsPerSecond).toBeGreaterThan(80);
  expect(same?.requestsPerSecond).toBeLessThan(101);
  await reportProxyHealth(fixture.sql, FIRST, [dead(0)]);
  const [ejected] = await live();
  expect(ejected?.since.localeCompare(same?.since ?? '')).toBe(1);
  expect(ejected?.requestsPerSecond).toBe(0);
});

test('what is used no more goes, and with a worker all that it said', async () => {
  await reportProxyHealth(fixture.sql, FIRST, [report(0), report(1)]);
  await reportProxyHealth(fixture.sql, SECOND, [dead(0)]);
  await reportProxyHealth(fixture.sql, FIRST, [report(0)]);
  expect((await live()).map((one) => one?.workers.length ?? 0)).toEqual([2, 0, 0]);
  await withdrawProxyHealth(fixture.sql, FIRST);
  expect((await live()).map((one) => one?.state ?? null)).toEqual(['ejected', null, null]);
  // A worker that was killed says nothing more.
  await fixture.sql`UPDATE proxy_health SET reported_at = now() - interval '31 seconds'`;
  expect(await live()).toEqual([null, null, null]);
  expect(await member.call(proxyPoolOperations.list)).toMatchObject({
    items: [{ states: { healthy: 0, ejected: 0, unused: 3 } }],
  });
  await reportProxyHealth(fixture.sql, SECOND, []);
  expect(await fixture.sql`SELECT FROM proxy_health`).toHaveLength(0);
});
