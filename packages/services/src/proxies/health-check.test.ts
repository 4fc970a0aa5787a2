import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type LabProxy, startLabProxy } from '@domainflow/lab/proxy/lab-proxy.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { proxyPoolOperations } from '../proxy-pools/operations.ts';
import { proxyOperations } from './operations.ts';

interface View {
  readonly proxyId: string;
  readonly version: number;
  readonly lastCheck: { readonly ok: boolean; readonly problem: string | null } | null;
}

const MISSING = '01890000-0000-7000-8000-000000000000';
const credentials = { username: 'lab', password: 'planted-2d8f' };
const url = 'https://live-1.com/';

let lab: Lab;
let locked: LabProxy;
let socks: LabProxy;
let fixture: ServiceFixture;
let owner: TestClient;
let other: TestClient;
beforeAll(async () => {
  lab = await startLab({ seed: 'health' });
  locked = await startLabProxy(lab, { kind: 'http', credentials });
  socks = await startLabProxy(lab, { kind: 'socks5' });
  const { dns, http, https, caPem } = lab;
  fixture = await openServiceFixture({
    labJson: JSON.stringify({ dns, http, https, caPem }),
    allowedTargets: ['127.0.0.1'],
  });
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
});
afterAll(async () => {
  await fixture.close();
  await Promise.all([locked.close(), socks.close()]);
  await lab.close();
});

const make = async (name: string, kind: string, port: number, more: object = {}): Promise<string> => {
  const input = { name, kind, host: '127.0.0.1', port, ...more };
  return (await owner.call<View>(proxyOperations.create, input)).proxyId;
};
const check = (id: string, more: object = {}): Promise<View> =>
  other.call<View>(proxyOperations.healthCheck, { id, url, ...more });

test('a proxy is checked with its credentials, and what was found is kept', async () => {
  const id = await make('Locked', 'http', locked.port, credentials);
  const before = locked.requests.length;
  const checked = await check(id);
  expect(checked).toMatchObject({
    version: 1,
    lastCheck: { ok: true, problem: null, latencyMs: expect.any(Number) },
  });
  expect(locked.requests.slice(before)).toMatchObject([{ form: 'connect', host: 'live-1.com', port: 443 }]);
  expect(await owner.call(proxyOperations.get, { id })).toEqual(checked);
  // Another proxy has been checked by nobody.
  const moved = { id, version: 1, port: socks.port, kind: 'socks5', username: null, password: null };
  expect(await owner.call(proxyOperations.update, moved)).toMatchObject({ lastCheck: null });
  expect(await check(id)).toMatchObject({ lastCheck: { ok: true } });
});

test('what is wrong is said, and says no secret', async () => {
  const wrong = await make('Wrong', 'http', locked.port, { ...credentials, password: 'planted-wrong' });
  const refused = await check(wrong);
  expect(refused.lastCheck).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^PROXY_ERROR: .*407/),
  });
  expect(JSON.stringify(refused)).not.toContain('planted');
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, 'close');
  expect((await check(await make('Gone', 'socks5', port))).lastCheck).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^PROXY_ERROR: /),
  });
});

test('a pool is checked proxy by proxy, in its order', async () => {
  const proxyIds = [
    await make('Pool socks', 'socks5', socks.port),
    await make('Pool wrong', 'http', locked.port),
    await make('Pool locked', 'http', locked.port, credentials),
  ];
  const pool = await owner.call<{ proxyPoolId: string }>(proxyPoolOperations.create, {
    name: 'Checked',
    proxyIds,
  });
  const result = await other.call(proxyPoolOperations.healthCheck, { id: pool.proxyPoolId, url });
  expect(result).toMatchObject({
    ...{ working: 2, unchecked: 0 },
    proxies: [
      { proxyId: proxyIds[0], name: 'Pool socks', check: { ok: true } },
      { proxyId: proxyIds[1], check: { ok: false } },
      { proxyId: proxyIds[2], check: { ok: true } },
    ],
  });
  expect(await owner.call(proxyOperations.get, { id: proxyIds[1] })).toMatchObject({
    lastCheck: { ok: false },
  });
});

test('pages that may not be asked for, and records that are not there', async () => {
  const id = await make('Guarded', 'socks5', socks.port);
  for (const bad of ['ftp://live-1.com/', 'live-1.com', 'https://user:pass@live-1.com/']) {
    await expect(check(id, { url: bad })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
  }
  await expect(check(id, { dnsPersonaId: MISSING })).rejects.toMatchObject({ field: 'dnsPersonaId' });
  for (const operation of [proxyOperations.healthCheck, proxyPoolOperations.healthCheck]) {
    await expect(owner.call(operation, { id: MISSING, url })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});
