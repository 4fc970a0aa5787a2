import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type LabProxy, startLabProxy } from '@domainflow/lab/proxy/lab-proxy.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import type { LiveState } from '@domainflow/services/proxies/live-state.ts';
import { proxyOperations } from '@domainflow/services/proxies/operations.ts';
import { proxyPoolOperations } from '@domainflow/services/proxy-pools/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

const ENDED = ['completed', 'failed', 'error'];
const KINDS = ['http', 'https', 'socks5'] as const;
/** What a dead proxy does with a connection; null: nothing listens there. */
const DEATHS: Readonly<Record<string, ((socket: Socket) => void) | null>> = {
  refuses: null,
  resets: (socket) => socket.resetAndDestroy(),
  hangs: () => {},
};
const NAMES_EACH = 300;

let platform: PlatformFixture;
const workers: WorkerProcess[] = [];
const good: LabProxy[] = [];
const servers: Server[] = [];
const sockets = new Set<Socket>();
let direct = 0;
let personaId: string;

async function listen(handle: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    handle(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const port = await listen(() => {});
  servers.pop()?.close();
  return port;
}

beforeAll(async () => {
  platform = await openPlatformFixture();
  // To the workers the lab's sites are a canary: what they send there went direct. The proxies know the real ones.
  const port = await listen((socket) => {
    direct += 1;
    socket.destroy();
  });
  const sites = { host: '127.0.0.1', port };
  const { dns, caPem } = platform.lab;
  const env = {
    DOMAINFLOW_ALLOW_TARGETS: '127.0.0.1',
    DOMAINFLOW_LAB: JSON.stringify({ dns, http: sites, https: sites, caPem }),
    WORKER_SLOTS_HTTP: '1',
  };
  workers.push(await spawnWorker(platform, { env }), await spawnWorker(platform, { env }));
  const persona = { kind: 'http', name: 'Short', config: { timeoutMs: 3_000 } };
  ({ personaId } = await platform.call<{ personaId: string }>(personaOperations.create, persona));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGTERM')));
  await Promise.all(good.map((proxy) => proxy.close()));
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await platform.close();
});

async function proxy(name: string, kind: string, port: number, more: object = {}): Promise<string> {
  const input = { name, kind, host: '127.0.0.1', port, ...more };
  return (await platform.call<{ proxyId: string }>(proxyOperations.create, input)).proxyId;
}

async function poolOf(name: string, proxyIds: readonly string[]): Promise<string> {
  // Nothing that is left out is tried again while the test runs.
  const input = { name, proxyIds, pauseMs: 120_000, maxPauseMs: 120_000 };
  return (await platform.call<{ proxyPoolId: string }>(proxyPoolOperations.create, input)).proxyPoolId;
}

/** Campaigns at once, one for each worker; gives them when they have ended. */
async function runThrough(proxyAssignmentId: string, lists: readonly string[][]) {
  const ids: string[] = [];
  for (const domains of lists) {
    const { campaignId } = await platform.call(campaignOperations.create, {
      campaignName: `Through ${proxyAssignmentId} ${ids.length}`,
      campaignType: 'http',
      input: { source: 'list', domains },
      phases: { http: { personaId, proxyAssignmentId } },
    });
    ids.push(campaignId);
  }
  await Promise.all(ids.map((id) => platform.call(campaignOperations.start, { id })));
  return Promise.all(ids.map((id) => platform.until(id, ENDED, 120_000)));
}

const namesFrom = (first: number, count: number, kind = 'live'): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${first + index}.com`);

interface Item {
  readonly name: string;
  readonly live: LiveState | null;
}

/** What the workers have reported, once all of them have reported on all proxies that are named so. */
async function reported(search: string): Promise<Item[]> {
  for (;;) {
    const { items } = await platform.call<{ items: Item[] }>(proxyOperations.list, { search });
    if (items.every(({ live }) => live?.workers.length === workers.length && live.connections === 0))
      return items;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function countsOf(ids: readonly string[]): Promise<Record<string, number>> {
  const rows = await platform.clients.sql<{ verdict: string; n: number }[]>`
    SELECT verdict, count(*)::int AS n FROM results WHERE phase = 'http' AND campaign_id IN ${platform.clients.sql([...ids])}
    GROUP BY verdict`;
  return Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]));
}

test('half of the proxies refuse, reset or hang: they are left out, and nothing goes direct', async () => {
  const ids: string[] = [];
  for (const [how, handle] of Object.entries(DEATHS))
    for (const kind of KINDS) {
      const port = handle === null ? await closedPort() : await listen(handle);
      ids.push(await proxy(`dead ${kind} ${how}`, kind, port));
    }
  for (let index = 0; index < KINDS.length * Object.keys(DEATHS).length; index++) {
    const kind = index % 2 === 0 ? 'socks5' : 'http';
    const one = await startLabProxy(platform.lab, { kind });
    good.push(one);
    ids.push(await proxy(`good ${kind} ${index}`, kind, one.port, { maxConnections: 6 }));
  }
  const pool = await poolOf('Half', ids);
  platform.lab.resetCounts();
  const lists = [namesFrom(0, NAMES_EACH), namesFrom(NAMES_EACH, NAMES_EACH)];
  const done = await runThrough(pool, lists);
  expect(done.map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(direct).toBe(0);
  expect(platform.lab.queries().dns.total).toBe(0);
  const found = await countsOf(done.map(({ campaignId }) => campaignId));
  expect((found['OK'] ?? 0) + (found['PROXY_ERROR'] ?? 0)).toBe(2 * NAMES_EACH);
  // Those that met three dead ones before any proxy had shown that it works.
  expect(found['PROXY_ERROR'] ?? 0).toBeLessThanOrEqual(12);

  const items = await reported('');
  for (const { name, live } of items) {
    const isDead = name.startsWith('dead');
    expect([name, live?.state]).toEqual([name, isDead ? 'ejected' : 'healthy']);
    for (const { failures } of live?.workers ?? []) expect(failures).toBeLessThanOrEqual(isDead ? 5 : 0);
  }
}, 150_000);

test('workers at once keep to the rate of a proxy together', async () => {
  const one = await startLabProxy(platform.lab, { kind: 'socks5' });
  good.push(one);
  const pool = await poolOf('Rate', [await proxy('rate', 'socks5', one.port, { requestsPerSecond: 20 })]);
  const startedMs = performance.now();
  const done = await runThrough(pool, [namesFrom(1_000, 40), namesFrom(2_000, 40)]);
  const seconds = (performance.now() - startedMs) / 1_000;
  expect(await countsOf(done.map(({ campaignId }) => campaignId))).toEqual({ OK: 80 });
  expect((await reported('rate'))[0]?.live?.workers).toHaveLength(2);
  // Each may begin with a tenth of a second's requests.
  expect(one.connections() / seconds).toBeLessThanOrEqual(20 + 4 / seconds);
}, 150_000);

test('workers at once keep to the connections of a proxy together', async () => {
  const one = await startLabProxy(platform.lab, { kind: 'http' });
  good.push(one);
  const pool = await poolOf('Open', [await proxy('open', 'http', one.port, { maxConnections: 4 })]);
  const lists = [3_000, 4_000].map((first) => namesFrom(first, 24, 'slowsite'));
  const done = await runThrough(pool, lists);
  expect(await countsOf(done.map(({ campaignId }) => campaignId))).toEqual({ OK: 48 });
  expect((await reported('open'))[0]?.live?.workers).toHaveLength(2);
  // That a connection was closed reaches the proxy some time after the next one began. Each by itself would have 4.
  expect(one.mostOpen()).toBeGreaterThanOrEqual(3);
  expect(one.mostOpen()).toBeLessThanOrEqual(4 + 2);
  expect(direct).toBe(0);
}, 150_000);
