import type { HttpPort, SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { proxyPoolSchema } from '@domainflow/domain/http/proxy-pool.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { createProcessClock } from '../clock/process-clock.ts';
import { createGuard } from '../guard/guard.ts';
import { createHttpPort } from './create-http-port.ts';
import { closedPort, closeServers, detailOf, serve, visit } from './testing/raw-server.ts';

const ports: { close(): void }[] = [];
afterEach(async () => {
  for (const port of ports.splice(0)) port.close();
  await closeServers();
});

const obey = { robots: 'obey', schemes: 'http_only' } as const;
const ok = (body: string, fields = ''): string =>
  `HTTP/1.1 200 OK\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`;
const status = (line: string, fields = ''): string =>
  `HTTP/1.1 ${line}\r\n${fields}Content-Length: 0\r\n\r\n`;

/** A server that answers each request of a connection; `asked` are the hosts and paths, in order. */
async function site(answer: (path: string, host: string, nth: number) => string) {
  const asked: string[] = [];
  let connections = 0;
  const port = await serve((socket, first) => {
    connections += 1;
    const take = (request: string): void => {
      const path = /^GET (\S+)/.exec(request)?.[1] ?? '';
      const host = /Host: (\S+)/i.exec(request)?.[1] ?? '';
      asked.push(host + path);
      const reply = answer(path, host, asked.length);
      if (reply !== '') socket.write(reply);
    };
    socket.on('data', (data: Buffer) => take(data.toString('latin1')));
    take(first);
  });
  return { port, asked, connections: () => connections };
}

/** One engine for several visits, whose http is at the port. */
async function engine(
  httpPort: number,
  persona: object,
): Promise<(name: string, address?: string) => Promise<SiteOutcome>> {
  const at = (port: number) => ({ host: '127.0.0.1', port });
  const lab = { dns: at(1), http: at(httpPort), https: at(await closedPort()), caPem: '' };
  const port: HttpPort & { close(): void } = createHttpPort({
    guard: createGuard({ lab }),
    clock: createProcessClock(),
  });
  ports.push(port);
  const fetcher = port.fetcher(
    httpPersonaSchema.parse({ timeoutMs: 2_000, ...obey, ...persona }),
    async () => ['127.53.0.1'],
  );
  return (name, address = '127.53.0.1') =>
    fetcher.fetchSite({ name, addresses: [address] }, new AbortController().signal);
}
const ignore = { robots: 'ignore', robotsOverrideReason: 'test' };

describe('robots.txt', () => {
  const deny = (path: string): string =>
    path === '/robots.txt' ? ok('User-agent: *\nDisallow: /') : ok('page');

  it('that a proxy answers for a host holds for proxies only', async () => {
    const { port: httpPort } = await site(deny);
    const { port: proxyPort, asked } = await site(() => status('404 Not Found'));
    const at = (port: number) => ({ host: '127.0.0.1', port });
    const lab = { dns: at(1), http: at(httpPort), https: at(await closedPort()), caPem: '' };
    const port = createHttpPort({
      guard: createGuard({ lab, allow: ['127.0.0.1'] }),
      clock: createProcessClock(),
    });
    ports.push(port);
    const persona = httpPersonaSchema.parse({ timeoutMs: 2_000, ...obey });
    const pool = proxyPoolSchema.parse({ proxies: [{ id: 'p', kind: 'http', ...at(proxyPort) }] });
    const verdicts = [];
    for (const through of [pool, null]) {
      const fetcher = port.fetcher(persona, async () => ['127.53.0.1'], through);
      const request = { name: 'hostile.example', addresses: ['127.53.0.1'] };
      verdicts.push((await fetcher.fetchSite(request, new AbortController().signal)).verdict);
    }
    expect(verdicts).toEqual(['NOT_FOUND', 'ROBOTS_DENIED']);
    expect(asked).toHaveLength(2);
  });

  it('keeps a page from being fetched, and says so', async () => {
    const { port, asked } = await site(deny);
    const outcome = await visit(port, obey);
    expect([outcome.verdict, outcome.response, detailOf(outcome)]).toEqual([
      'ROBOTS_DENIED',
      null,
      'robots.txt: Disallow: /',
    ]);
    expect(outcome.robots).toMatchObject({
      decision: 'deny',
      because: 'rules',
      rule: 'Disallow: /',
      statusCode: 200,
    });
    expect(asked).toEqual(['hostile.example/robots.txt']);
  });

  it('is not asked for where it is ignored', async () => {
    const { port, asked } = await site(deny);
    const outcome = await visit(port, { schemes: 'http_only' });
    expect([outcome.verdict, outcome.robots?.because, asked]).toEqual([
      'OK',
      'ignored',
      ['hostile.example/'],
    ]);
  });

  it('is asked for once for many visits, on the connection of the page', async () => {
    const { port, asked, connections } = await site((path) =>
      path === '/robots.txt' ? ok('User-agent: *\nAllow: /') : ok('page'),
    );
    const ask = await engine(port, {});
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => ask('one.example')));
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(Array(5).fill('OK'));
    expect(asked.filter((path) => path.endsWith('robots.txt'))).toHaveLength(1);
    expect(connections()).toBe(5);
    expect(outcomes.map(({ robots }) => robots?.decision)).toEqual(Array(5).fill('allow'));
  });

  it.each([
    ['404 Not Found', 'OK', 'missing', undefined],
    ['403 Forbidden', 'OK', 'missing', undefined],
    ['500 Internal Server Error', 'UPSTREAM_5XX', 'unavailable', 500],
    ['503 Service Unavailable', 'UPSTREAM_5XX', 'unavailable', 503],
  ])('%s: %s', async (line, verdict, because, statusCode) => {
    const { port } = await site((path) => (path === '/robots.txt' ? status(line) : ok('page')));
    const outcome = await visit(port, obey);
    expect([outcome.verdict, outcome.robots?.because, outcome.statusCode]).toEqual([
      verdict,
      because,
      statusCode,
    ]);
  });

  it('follows five redirects, to other hosts too, and takes more for a file that is not there', async () => {
    const chain =
      (length: number) =>
      (path: string, host: string): string => {
        if (path === '/') return ok('page');
        const at = Number(/\d+/.exec(path)?.[0] ?? 0);
        if (at >= length) return ok(host === 'other.example' ? 'User-agent: *\nDisallow: /' : '');
        return status('301 Moved', `Location: http://other.example/r${at + 1}\r\n`);
      };
    const five = await visit((await site(chain(5))).port, obey);
    expect(five.verdict).toBe('ROBOTS_DENIED');
    const six = await visit((await site(chain(6))).port, obey);
    expect([six.verdict, six.robots?.because]).toEqual(['OK', 'missing']);
  });

  it('holds for the target of a redirect', async () => {
    const { port } = await site((path, host) => {
      if (path === '/robots.txt')
        return host === 'shut.example' ? ok('User-agent: DomainFlow\nDisallow: /x') : status('404 No');
      return status('302 Found', 'Location: http://shut.example/x\r\n');
    });
    const outcome = await visit(port, obey);
    expect([
      outcome.verdict,
      outcome.hops.map(({ statusCode, failure }) => failure?.reason ?? statusCode),
    ]).toEqual(['ROBOTS_DENIED', [302, 'ROBOTS_DENIED']]);
  });

  it('fails as the host does', async () => {
    const silent = await visit((await site(() => '')).port, { ...obey, timeoutMs: 300 });
    expect([silent.verdict, silent.hops[0]?.url]).toEqual(['TIMEOUT', 'http://hostile.example/robots.txt']);
    const noise = await visit((await site(() => 'SMTP\r\n\r\n')).port, obey);
    expect(noise.verdict).toBe('ERROR');
  });

  it('reads a file without end up to its cap only', async () => {
    const port = await serve((socket, request) => {
      if (!request.startsWith('GET /robots')) return socket.end(ok('page'));
      socket.write('HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /private\n');
      const line = Buffer.from('#'.repeat(65_535).concat('\n'));
      const more = (): void => {
        while (!socket.destroyed && socket.write(line));
        socket.once('drain', more);
      };
      more();
    });
    const outcome = await visit(port, obey);
    expect([outcome.verdict, outcome.robots?.rule]).toEqual(['OK', null]);
  });

  it('survives a server that closes the connection it promised to keep', async () => {
    const port = await serve((socket, request) =>
      socket.end(request.startsWith('GET /robots') ? ok('') : ok('page')),
    );
    expect((await visit(port, obey)).verdict).toBe('OK');
  });
});

describe('a host that asks to wait', () => {
  const busy =
    (times: number, line: string, fields: string) =>
    (_: string, __: string, nth: number): string =>
      nth <= times ? status(line, fields) : ok('page');

  it.each([
    ['429 Too Many Requests', 'Retry-After: 1\r\n'],
    ['429 Too Many Requests', ''],
    ['503 Service Unavailable', 'Retry-After: 1\r\n'],
  ])('%s %j is waited for within the deadline', async (line, fields) => {
    const { port, asked } = await site(busy(1, line, fields));
    const startedMs = performance.now();
    const ask = await engine(port, { ...ignore, timeoutMs: 4_000 });
    const outcome = await ask('busy.example');
    expect([outcome.verdict, asked.length]).toEqual(['OK', 2]);
    expect(performance.now() - startedMs).toBeGreaterThan(900);
  });

  it('is left alone where it asks for too long, and is not asked again before', async () => {
    const { port, asked } = await site(busy(1, '429 Too Many Requests', 'Retry-After: 60\r\n'));
    const ask = await engine(port, ignore);
    const first = await ask('busy.example');
    expect([first.verdict, first.statusCode, detailOf(first)]).toEqual([
      'RATE_LIMITED',
      429,
      'Status 429, to wait for 60 s',
    ]);
    expect((await ask('www.busy.example')).verdict).toBe('RATE_LIMITED');
    expect(asked).toHaveLength(1);
    expect((await ask('other.example')).verdict).toBe('OK');
  });
});

describe('limits of a target', () => {
  async function mostAtOnce(
    persona: object,
    names: readonly string[],
  ): Promise<{ most: number; tookMs: number }> {
    let now = 0;
    let most = 0;
    const port = await serve((socket) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        socket.end(ok('page'));
      }, 40);
    });
    const ask = await engine(port, { ...ignore, timeoutMs: 150, ...persona });
    const startedMs = performance.now();
    const outcomes = await Promise.all(names.map((name) => ask(name)));
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(names.map(() => 'OK'));
    return { most, tookMs: performance.now() - startedMs };
  }
  const names = Array.from({ length: 24 }, (_, i) => `d${i}.example`);

  it('no more connections at once than an address may have; waiting costs no site its deadline', async () => {
    const { most, tookMs } = await mostAtOnce({ perAddress: { concurrency: 3 } }, names);
    expect(most).toBe(3);
    expect(tookMs).toBeGreaterThan(280);
  });

  it('nor than a registrable domain may have', async () => {
    const below = Array.from({ length: 12 }, (_, i) => `s${i}.one.example`);
    expect((await mostAtOnce({ perDomain: { concurrency: 2 } }, below)).most).toBe(2);
  });

  it('no more requests a second', async () => {
    const { tookMs } = await mostAtOnce({ perAddress: { concurrency: 50, requestsPerSecond: 40 } }, names);
    expect(tookMs).toBeGreaterThan(550);
  });
});

describe('persona', () => {
  it('sends back cookies of the same visit, where it is told to, to whom they belong', async () => {
    const cookies: Record<string, string> = {};
    const port = await serve((socket, request) => {
      const path = `${/Host: (\S+)/.exec(request)?.[1]}${/^GET (\S+)/.exec(request)?.[1]}`;
      cookies[path] = /Cookie: ([^\r]*)/.exec(request)?.[1] ?? '';
      const set =
        'Set-Cookie: a=1; Domain=hostile.example\r\nSet-Cookie: b=2; Path=/b\r\nSet-Cookie: c=3; Secure\r\nSet-Cookie: d=4; Domain=example\r\nSet-Cookie: e=5\r\n';
      const next = {
        'hostile.example/': '/b',
        'hostile.example/b': 'http://www.hostile.example/',
        'www.hostile.example/': 'http://other.example/',
      }[path];
      socket.end(
        next === undefined
          ? ok('x')
          : status('302 Found', `${path === 'hostile.example/' ? set : ''}Location: ${next}\r\n`),
      );
    });
    await visit(port, { cookies: 'per_visit', schemes: 'http_only' });
    expect(cookies).toEqual({
      'hostile.example/': '',
      'hostile.example/b': 'b=2; a=1; e=5',
      'www.hostile.example/': 'a=1',
      'other.example/': '',
    });
    await visit(port, { cookies: 'none', schemes: 'http_only' });
    expect(Object.values(cookies)).toEqual(['', '', '', '']);
  });

  it.each([
    ['none', 'http://www.hostile.example/', 302],
    ['same_domain', 'http://www.hostile.example/', 200],
    ['same_domain', 'http://other.example/', 302],
    ['any', 'http://other.example/', 200],
  ] as const)('redirects %s: %s ends with %d', async (redirects, location, code) => {
    const port = await serve((socket, request) =>
      socket.end(/Host: hostile/.test(request) ? status('302 Found', `Location: ${location}\r\n`) : ok('x')),
    );
    const outcome = await visit(port, { redirects, schemes: 'http_only' });
    expect([outcome.verdict, outcome.response?.statusCode]).toEqual(['OK', code]);
  });

  it('asks the schemes that it names, in their order', async () => {
    const { port, asked } = await site(() => ok('x'));
    const first = await visit(port, { schemes: 'http_first' });
    expect([first.verdict, first.hops.length]).toEqual(['OK', 1]);
    const only = await visit(port, { schemes: 'https_only' });
    expect([only.verdict, only.hops.map(({ url }) => url)]).toEqual(['ERROR', ['https://hostile.example/']]);
    expect(asked).toHaveLength(1);
    const both = await visit(await closedPort(), { schemes: 'http_first' });
    expect(both.hops.map(({ url }) => url)).toEqual(['http://hostile.example/', 'https://hostile.example/']);
  });

  it('waits for the first octet no longer than it says', async () => {
    const { port } = await site(() => '');
    const startedMs = performance.now();
    const outcome = await visit(port, { schemes: 'http_only', firstByteTimeoutMs: 100 });
    expect([outcome.verdict, performance.now() - startedMs < 1_000]).toEqual(['TIMEOUT', true]);
  });

  it('sends headers in the order and spelling that it names', async () => {
    let seen = '';
    const port = await serve((socket, request) => {
      seen = request;
      socket.end(ok('x'));
    });
    await visit(port, {
      schemes: 'http_only',
      headerOrder: ['user-agent', 'X-Own', 'HOST'],
      headers: [{ name: 'x-own', value: '1' }],
    });
    const names = seen
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(':')[0])
      .filter(Boolean);
    expect(names).toEqual([
      'user-agent',
      'X-Own',
      'HOST',
      'Accept',
      'Accept-Language',
      'Accept-Encoding',
      'Connection',
    ]);
  });
});

it('ends slow sites at their deadline, many at once, in little memory', async () => {
  const port = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 50);
    socket.on('close', () => clearInterval(timer));
  });
  const ask = await engine(port, { ...ignore, timeoutMs: 1_000, perAddress: { concurrency: 200 } });
  const before = process.memoryUsage().rss;
  const took = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const startedMs = performance.now();
      expect((await ask(`slow${i}.example`)).verdict).toBe('TIMEOUT');
      return performance.now() - startedMs;
    }),
  );
  expect(Math.max(...took)).toBeLessThan(2_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});
