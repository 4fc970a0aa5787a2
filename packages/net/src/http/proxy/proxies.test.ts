import { connect, createServer, type Server, type Socket } from 'node:net';
import type { SiteFetcher, SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { type Proxy, type ProxyPool, proxyPoolSchema } from '@domainflow/domain/http/proxy-pool.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import {
  LAB_PROXY_NAME,
  type LabProxy,
  type LabProxyKind,
  startLabProxy,
} from '@domainflow/lab/proxy/lab-proxy.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProcessClock } from '../../clock/process-clock.ts';
import { createGuard } from '../../guard/guard.ts';
import { createHttpPort } from '../create-http-port.ts';
import { closedPort, closeServers, serve } from '../testing/raw-server.ts';

const credentials = { username: 'user', password: 'p:ä s' };
const ignore = { robots: 'ignore', robotsOverrideReason: 'test' };
let lab: Lab;
const proxies: LabProxy[] = [];
const canaries: Server[] = [];
const ports: { close(): void }[] = [];
/** Connections that went to targets themselves. */
let direct = 0;
let lookups: string[] = [];

async function canary(): Promise<{ host: string; port: number }> {
  const server = createServer((socket) => {
    direct += 1;
    socket.destroy();
  });
  canaries.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { host: '127.0.0.1', port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** Engines for which each way to the lab but by proxies is a canary's, and each lookup is seen. */
async function fetcherFor(pool: ProxyPool, persona: object = {}, caPem?: string): Promise<SiteFetcher> {
  const route = { dns: await canary(), http: await canary(), https: await canary(), caPem: lab.caPem };
  const port = createHttpPort({
    guard: createGuard({ lab: route, allow: ['127.0.0.1'] }),
    clock: createProcessClock(),
    ...(caPem === undefined ? {} : { extraCaPem: caPem }),
  });
  ports.push(port);
  const lookup = async (name: string): Promise<string[]> => {
    lookups.push(name);
    return name === LAB_PROXY_NAME ? ['127.0.0.1'] : ['127.53.0.1'];
  };
  return port.fetcher(httpPersonaSchema.parse({ timeoutMs: 3_000, ...ignore, ...persona }), lookup, pool);
}

async function start(kind: LabProxyKind, withCredentials = false, failFirst = 0): Promise<LabProxy> {
  const proxy = await startLabProxy(lab, { kind, failFirst, ...(withCredentials ? { credentials } : {}) });
  proxies.push(proxy);
  return proxy;
}

const poolOf = (...members: Partial<Proxy>[]): ProxyPool =>
  proxyPoolSchema.parse({
    proxies: members.map((proxy, index) => ({ id: `p${index}`, host: '127.0.0.1', ...proxy })),
    ejectAfterFailures: 2,
    pauseMs: 200,
  });

const visit = (fetcher: SiteFetcher, name: string, addresses: string[] = []): Promise<SiteOutcome> =>
  fetcher.fetchSite({ name, addresses }, new AbortController().signal);
const detailOf = ({ hops }: SiteOutcome): string => hops.at(-1)?.failure?.detail ?? '';

beforeAll(async () => {
  lab = await startLab({ seed: 'proxies', existRate: 0.9 });
});
afterEach(async () => {
  for (const port of ports.splice(0)) port.close();
  await closeServers();
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  for (const server of canaries.splice(0)) server.close();
  expect(direct).toBe(0);
  expect(lookups.filter((name) => name !== LAB_PROXY_NAME)).toEqual([]);
  direct = 0;
  lookups = [];
});
afterAll(() => lab.close());

describe('every kind of proxy', () => {
  it.each([
    ['http', false],
    ['http', true],
    ['https', true],
    ['socks5', false],
    ['socks5', true],
  ] as const)('%s, credentials: %s', async (kind, withCredentials) => {
    const proxy = await start(kind, withCredentials);
    const host = kind === 'https' ? LAB_PROXY_NAME : proxy.host;
    const member = { kind, host, port: proxy.port, ...(withCredentials ? credentials : {}) };
    const fetcher = await fetcherFor(poolOf(member), {}, proxy.caPem);
    const secure = await visit(fetcher, 'live-1.com', lab.truth('live-1.com').dns.a);
    expect([secure.verdict, secure.response?.finalUrl]).toEqual(['OK', 'https://live-1.com/']);
    expect(secure.hops[0]).toMatchObject({ address: null, proxyId: 'p0', statusCode: 200 });
    const form = kind === 'socks5' ? 'socks5' : 'connect';
    expect(proxy.requests).toEqual([{ form, host: 'live-1.com', port: 443 }]);

    const plain = await visit(fetcher, 'httponly-1.com');
    expect([plain.verdict, plain.response?.finalUrl]).toEqual(['OK', 'http://httponly-1.com/']);
    const last = { form: kind === 'socks5' ? 'socks5' : 'absolute', host: 'httponly-1.com', port: 80 };
    expect(proxy.requests.at(-1)).toEqual(last);
  });

  it('gives the verdicts of the truth', async () => {
    const names =
      'live-2.com towww-1.com chain-1.com loop-1.com notfound-1.com error500-1.com expired-1.com selfsigned-1.com malformed-1.com'.split(
        ' ',
      );
    const proxy = await start('socks5');
    const fetcher = await fetcherFor(poolOf({ kind: 'socks5', port: proxy.port }));
    for (const name of names)
      expect([name, (await visit(fetcher, name)).verdict]).toEqual([
        name,
        lab.truth(name).site?.http.verdict,
      ]);
  });

  it('gives addresses that were found to the proxy where the pool says so', async () => {
    const proxy = await start('socks5');
    const pool = { ...poolOf({ kind: 'socks5', port: proxy.port }), targetBy: 'address' as const };
    const [address = ''] = lab.truth('live-3.com').dns.a;
    const outcome = await visit(await fetcherFor(pool), 'live-3.com', [address]);
    expect([outcome.verdict, outcome.hops[0]?.address]).toEqual(['OK', address]);
    expect(proxy.requests).toEqual([{ form: 'socks5', host: address, port: 443 }]);
  });
});

describe('failures of proxies', () => {
  it.each([
    ['http', /407/],
    ['https', /407/],
    ['socks5', /none of our ways|credentials/],
  ] as const)('%s: wrong credentials', async (kind, detail) => {
    const proxy = await start(kind, true);
    const host = kind === 'https' ? LAB_PROXY_NAME : proxy.host;
    const wrong = { kind, host, port: proxy.port, username: 'user', password: 'x' };
    const outcome = await visit(await fetcherFor(poolOf(wrong), {}, proxy.caPem), 'live-1.com');
    expect([outcome.verdict, outcome.response]).toEqual(['PROXY_ERROR', null]);
    expect(detailOf(outcome)).toMatch(detail);
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    ['http', /502/],
    ['socks5', /SOCKS5 reply 4: host unreachable/],
  ] as const)('%s: what the proxy says of an unknown target', async (kind, detail) => {
    const proxy = await start(kind);
    const outcome = await visit(await fetcherFor(poolOf({ kind, port: proxy.port })), 'absent-1.com');
    expect(outcome.verdict).toBe('PROXY_ERROR');
    expect(outcome.hops.map(({ failure }) => failure?.detail).join()).toMatch(detail);
  });

  it.each([
    ['closes', (socket: Socket) => socket.end()],
    ['speaks something else', (socket: Socket) => socket.write('220 mail ESMTP\r\n\r\n')],
    ['never ends its head', (socket: Socket) => socket.write(Buffer.alloc(100_000, 97))],
    ['is silent', () => {}],
    [
      'talks into the tunnel',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'),
    ],
  ])('a proxy that %s', async (_, handle) => {
    const port = await serve(handle);
    for (const kind of ['http', 'socks5'] as const) {
      const fetcher = await fetcherFor(poolOf({ kind, port }), { timeoutMs: 400, schemes: 'https_only' });
      const startedMs = performance.now();
      expect((await visit(fetcher, 'live-1.com')).verdict).toBe('PROXY_ERROR');
      expect(performance.now() - startedMs).toBeLessThan(1_400);
    }
  });

  it.each([
    ['resets', 'reset', (socket: Socket) => socket.resetAndDestroy()],
    ['is silent', 'timeout', () => {}],
  ] as const)('a proxy that is sent plain requests and %s is put aside', async (_, kind, handle) => {
    const pool = poolOf({ kind: 'http', port: await serve(handle) });
    const fetcher = await fetcherFor(pool, { timeoutMs: 300, schemes: 'http_only' });
    const port = ports.at(-1) as ReturnType<typeof createHttpPort>;
    for (let i = 0; i < 3; i++) expect((await visit(fetcher, 'live-1.com')).verdict).toBe('PROXY_ERROR');
    expect(port.proxyStats()).toMatchObject([
      {
        proxies: [
          { state: 'ejected', connections: 0, failures: 2, failuresByKind: { [kind]: 2 }, ejections: 1 },
        ],
      },
    ]);
  });

  it('sends a plain request to another proxy where one fails it', async () => {
    const reset = await serve((socket) => socket.resetAndDestroy());
    const good = await start('http');
    const pool = poolOf({ kind: 'http', port: reset }, { kind: 'http', port: good.port });
    const fetcher = await fetcherFor(pool, { schemes: 'http_only' });
    const outcomes = [];
    for (let i = 0; i < 6; i++) outcomes.push((await visit(fetcher, `httponly-${i}.com`)).verdict);
    expect(outcomes).toEqual(Array(6).fill('OK'));
    expect((ports.at(-1) as ReturnType<typeof createHttpPort>).proxyHealth(pool)[0]).toMatchObject({
      ...{ state: 'ejected', failures: 2 },
    });
  });

  it('tells how proxies fail', async () => {
    const wrong = await start('socks5', true);
    const members = [
      { kind: 'http' as const, port: await closedPort() },
      { kind: 'https' as const, port: (await start('https')).port },
      { kind: 'socks5' as const, port: wrong.port },
      { kind: 'socks5' as const, port: await serve((socket) => socket.end('220 mail\r\n')) },
      { kind: 'socks5' as const, port: await serve((socket) => socket.resetAndDestroy()) },
      { kind: 'http' as const, port: (await start('http')).port },
    ];
    const pool = poolOf(...members);
    const fetcher = await fetcherFor(pool);
    const port = ports.at(-1) as ReturnType<typeof createHttpPort>;
    for (let i = 0; i < 12; i++) await visit(fetcher, `live-${i}.com`);
    const [stats] = port.proxyStats();
    expect(stats?.idleMs).toBeLessThan(2_000);
    const kinds = stats?.proxies.map(({ failuresByKind }) => Object.keys(failuresByKind));
    expect(kinds).toEqual([['refused'], ['tls'], ['credentials'], ['protocol'], ['reset'], []]);
    expect(stats?.proxies.at(-1)).toMatchObject({
      state: 'healthy',
      failures: 0,
      latency: { p50Ms: expect.any(Number), p95Ms: expect.any(Number) },
    });
  });

  it('is not kept busy by a proxy that never comes to an answer', async () => {
    const flood = await serve((socket) => {
      const go = (): void => {
        while (!socket.destroyed) if (!socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(500))) break;
      };
      socket.on('drain', go);
      go();
    });
    const fetcher = await fetcherFor(poolOf({ kind: 'http', port: flood }), { timeoutMs: 20_000 });
    const outcome = await visit(fetcher, 'live-1.com');
    expect(outcome.verdict).toBe('PROXY_ERROR');
    expect(outcome.hops[0]?.failure?.detail).toMatch(/interim responses without end|too long/);
  });

  it('tries the next proxy, leaves the broken one out, and takes it back when it works again', async () => {
    const flaky = await start('http', false, 2);
    const good = await start('http');
    const pool = poolOf({ kind: 'http', port: flaky.port }, { kind: 'http', port: good.port });
    const fetcher = await fetcherFor(pool);
    const port = ports.at(-1) as ReturnType<typeof createHttpPort>;
    for (let i = 0; i < 4; i++) expect((await visit(fetcher, 'live-1.com')).verdict).toBe('OK');
    expect(port.proxyHealth(pool)[0]).toMatchObject({ id: 'p0', state: 'ejected', failures: 2 });
    expect(flaky.connections()).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await visit(fetcher, 'live-1.com')).hops.at(-1)?.proxyId).toBe('p0');
    expect(port.proxyHealth(pool)[0]).toMatchObject({
      state: 'healthy',
      connections: 0,
      lastFailure: expect.any(String),
    });
  });

  it('asks the other scheme where a proxy answered in the place of the site', async () => {
    const port = await serve((socket, request) => {
      if (!request.startsWith('CONNECT '))
        return void socket.end(
          'HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\nContent-Length: 0\r\n\r\n',
        );
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const target = connect({ host: lab.https.host, port: lab.https.port });
      target.on('error', () => socket.destroy());
      socket.pipe(target).pipe(socket);
    });
    const fetcher = await fetcherFor(poolOf({ kind: 'http', port }), { schemes: 'http_first' });
    const found = await visit(fetcher, 'live-1.com');
    expect([found.verdict, found.response?.finalUrl]).toEqual(['OK', 'https://live-1.com/']);
    // What the site says counts for more than what the proxy does.
    expect((await visit(fetcher, 'expired-1.com')).verdict).toBe('SSL_EXPIRED');
    const other = await fetcherFor(poolOf({ kind: 'http', port }));
    expect((await visit(other, 'expired-1.com')).verdict).toBe('SSL_EXPIRED');
  });

  it.each([403, 502, 503])(
    'believes status %i of nobody where CONNECT was refused with it',
    async (status) => {
      const port = await serve((socket) =>
        socket.end(`HTTP/1.1 ${status} Nope\r\nContent-Length: 0\r\n\r\n`),
      );
      const outcome = await visit(await fetcherFor(poolOf({ kind: 'http', port })), 'live-1.com');
      expect([outcome.verdict, outcome.response]).toEqual(['PROXY_ERROR', null]);
      expect(detailOf(outcome)).toMatch(/had refused CONNECT/);
    },
  );

  it.each([
    ['is not told from the failure of a proxy that refused CONNECT', '', 'PROXY_ERROR'],
    [
      'is the site’s beside a proxy that names itself',
      'X-Squid-Error: ERR_CONNECT_FAIL 111\r\n',
      'UPSTREAM_5XX',
    ],
  ])('a 5xx of a plain request %s', async (_, signature, verdict) => {
    const port = await serve((socket, request) =>
      socket.end(
        request.startsWith('CONNECT ')
          ? `HTTP/1.1 502 Proxy Error\r\n${signature}Content-Length: 0\r\n\r\n`
          : 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n',
      ),
    );
    const fetcher = await fetcherFor(poolOf({ kind: 'http', port }));
    expect((await visit(fetcher, 'live-1.com')).verdict).toBe(verdict);
  });

  it('believes a status of the site where CONNECT was refused with another', async () => {
    const port = await serve((socket, request) => {
      const status = request.startsWith('CONNECT ') ? '403 Forbidden' : '404 Not Found';
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
    });
    expect((await visit(await fetcherFor(poolOf({ kind: 'http', port })), 'live-1.com')).verdict).toBe(
      'NOT_FOUND',
    );
  });

  it('reads a reply to CONNECT whose lines end without carriage returns', async () => {
    const port = await serve((socket) => {
      socket.write('HTTP/1.0 200 OK\nProxy-Agent: x\n\n');
      const target = connect({ host: lab.https.host, port: lab.https.port });
      target.on('error', () => socket.destroy());
      socket.pipe(target).pipe(socket);
    });
    expect((await visit(await fetcherFor(poolOf({ kind: 'http', port })), 'live-1.com')).verdict).toBe('OK');
  });

  it('nothing goes direct when all proxies are dead, nor is anything looked up', async () => {
    const dead = await closedPort();
    const fetcher = await fetcherFor(poolOf({ kind: 'socks5', port: dead }, { kind: 'http', port: dead }));
    for (const name of [
      'live-1.com',
      'live-2.com',
      'httponly-1.com',
      'live-3.com',
      'live-4.com',
      'live-5.com',
    ]) {
      const outcome = await visit(fetcher, name, ['127.53.0.7']);
      expect([outcome.verdict, outcome.response]).toEqual(['PROXY_ERROR', null]);
      expect(detailOf(outcome)).toMatch(/ECONNREFUSED|No proxy of the pool works/);
    }
  });
});

describe('the guard', () => {
  it('refuses proxies at addresses that are not public', async () => {
    const outcome = await visit(
      await fetcherFor(poolOf({ kind: 'http', host: '10.1.2.3', port: 3128 })),
      'live-1.com',
    );
    expect(outcome.verdict).toBe('PROXY_ERROR');
    expect(detailOf(outcome)).toMatch(/Refused: 10\.1\.2\.3 is not a public address/);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://localhost/',
    'http://db.internal/',
    'http://[::1]/',
    'http://intranet/',
  ])('sends no proxy to %s', async (url) => {
    const proxy = await start('http');
    const fetcher = await fetcherFor(poolOf({ kind: 'http', port: proxy.port }));
    const outcome = await fetcher.fetchSite(
      { name: 'x.example', addresses: [], url },
      new AbortController().signal,
    );
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringMatching(/^Refused/)]);
    expect(proxy.requests).toEqual([]);
  });
});

it('keeps to the connections of a proxy, and to its rate', async () => {
  const proxy = await start('http');
  const limited = { kind: 'http' as const, port: proxy.port, maxConnections: 1, requestsPerSecond: 20 };
  const fetcher = await fetcherFor(poolOf(limited));
  const startedMs = performance.now();
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => visit(fetcher, `live-${i}.com`)));
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(Array(8).fill('OK'));
  // The first two may go at once: a rate lets a tenth of a second's requests through in a burst.
  expect(performance.now() - startedMs).toBeGreaterThan(200);
});
