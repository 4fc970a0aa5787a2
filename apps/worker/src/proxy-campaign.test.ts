import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type LabProxy, startLabProxy } from '@domainflow/lab/proxy/lab-proxy.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { proxyOperations } from '@domainflow/services/proxies/operations.ts';
import { proxyPoolOperations } from '@domainflow/services/proxy-pools/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

const credentials = { username: 'lab', password: 'planted-77aa' };
const ENDED = ['completed', 'failed', 'error'];

let platform: PlatformFixture;
let worker: WorkerProcess;
let proxy: LabProxy;
let canary: Server;
let direct = 0;
beforeAll(async () => {
  platform = await openPlatformFixture();
  proxy = await startLabProxy(platform.lab, { kind: 'http', credentials });
  // To the worker the lab's sites are a canary: what it sends there went direct. The proxy knows the real ones.
  canary = createServer((socket) => {
    direct += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(canary, 'listening');
  const sites = { host: '127.0.0.1', port: (canary.address() as AddressInfo).port };
  const { dns, caPem } = platform.lab;
  worker = await spawnWorker(platform, {
    env: {
      DOMAINFLOW_ALLOW_TARGETS: '127.0.0.1',
      DOMAINFLOW_LAB: JSON.stringify({ dns, http: sites, https: sites, caPem }),
    },
  });
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await proxy.close();
  canary.close();
  await platform.close();
});

async function poolOf(name: string): Promise<string> {
  const input = { name, kind: 'http', host: '127.0.0.1', port: proxy.port, ...credentials };
  const { proxyId } = await platform.call<{ proxyId: string }>(proxyOperations.create, input);
  const pool = await platform.call<{ proxyPoolId: string }>(proxyPoolOperations.create, {
    ...{ name, proxyIds: [proxyId] },
  });
  return pool.proxyPoolId;
}

async function campaignThrough(proxyAssignmentId: string, domains: readonly string[]): Promise<string> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: `Through ${proxyAssignmentId}`,
    campaignType: 'http',
    input: { source: 'list', domains },
    phases: { http: { ...platform.labPhases.http, proxyAssignmentId } },
  });
  return campaignId;
}

test('all requests of a campaign go through its pool, names are asked of nobody, and no secret is written', async () => {
  const domains = ['live-1.com', 'redirect-2.de', 'towww-4.com', 'notfound-5.com'];
  const pool = await poolOf('Pool');
  const campaignId = await campaignThrough(pool, domains);
  platform.lab.resetCounts();
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ENDED);
  expect(done.status).toBe('completed');
  const rows = await platform.clients.sql<{ name: string; verdict: string }[]>`
    SELECT d.name, r.verdict FROM results r JOIN domains d USING (campaign_id, ordinal)
    WHERE r.campaign_id = ${campaignId} AND r.phase = 'http' ORDER BY r.ordinal`;
  expect(rows.map(({ name, verdict }) => [name, verdict])).toEqual(
    domains.map((name) => [name, platform.lab.truth(name).site?.http.verdict]),
  );
  expect(platform.lab.queries().dns.total).toBe(0);
  const asked = new Set(proxy.requests.map(({ host }) => host));
  for (const name of domains) expect(asked).toContain(name);
  expect(direct).toBe(0);
  const plans = await platform.clients.sql`SELECT to_jsonb(p)::text AS row FROM phase_runs p`;
  const jobs = await platform.clients.sql`SELECT to_jsonb(j)::text AS row FROM pgboss.job j`;
  expect(JSON.stringify([plans, jobs]) + worker.output()).not.toContain(credentials.password);
});

test('a pool that is gone or cannot be opened stops the phase: nothing goes direct', async () => {
  const pool = await poolOf('Broken');
  const campaignId = await campaignThrough(pool, ['live-7.com']);
  const before = proxy.requests.length;
  platform.lab.resetCounts();
  await platform.clients.sql`
    UPDATE proxies SET password = replace(password, 'v1.', 'v1.00') WHERE name = 'Broken'`;
  await platform.call(campaignOperations.start, { id: campaignId });
  const ended = await platform.until(campaignId, ENDED);
  expect(ended.status).not.toBe('completed');
  expect(JSON.stringify(ended.phases)).toContain('secret');
  expect(proxy.requests.length).toBe(before);
  expect(platform.lab.queries().dns.total + direct).toBe(0);
  await expect(campaignThrough('01890000-0000-7000-8000-000000000000', ['live-8.com'])).rejects.toMatchObject(
    { code: 'INVALID_INPUT', field: 'phases.http.proxyAssignmentId' },
  );
});
