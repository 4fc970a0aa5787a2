import { afterEach, describe, expect, it } from 'vitest';
import { ADDRESS, closedPort, closeServers, detailOf, respond, serve, visit } from './testing/raw-server.ts';

afterEach(closeServers);

describe('verdicts by status', () => {
  it.each([
    ['200 OK', 'OK'],
    ['304 Not Modified', 'OK'],
    ['301 Moved', 'OK'],
    ['404 Not Found', 'NOT_FOUND'],
    ['410 Gone', 'NOT_FOUND'],
    ['403 Forbidden', 'ERROR'],
    ['503 Service Unavailable', 'UPSTREAM_5XX'],
    ['999 Request denied', 'ERROR'],
  ])('%s is %s', async (status, verdict) => {
    const outcome = await visit(await respond(`${status}\r\nContent-Length: 0`));
    expect([outcome.verdict, outcome.response?.statusCode]).toEqual([verdict, Number(status.slice(0, 3))]);
  });
});

describe('request', () => {
  it('has the host, the fields of the persona in their order, and asks to close', async () => {
    let seen = '';
    const port = await serve((socket, request) => {
      seen = request;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    await visit(port, {
      userAgent: 'Probe/1',
      headers: [
        { name: 'X-B', value: '2' },
        { name: 'X-A', value: '1' },
      ],
    });
    expect(seen).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: hostile\.example\r\nUser-Agent: Probe\/1\r\n/);
    expect(seen).toMatch(/Connection: close\r\nX-B: 2\r\nX-A: 1\r\n\r\n$/);
  });

  it('offers the codings that the persona says, and has one field of cookies', async () => {
    const requests: string[] = [];
    const port = await serve((socket, request) => {
      requests.push(request);
      const next = requests.length === 1 ? 'Location: /a\r\nSet-Cookie: c=3\r\n' : '';
      socket.end(`HTTP/1.1 ${next === '' ? '200 OK' : '302 Found'}\r\nContent-Length: 0\r\n${next}\r\n`);
    });
    const headers = [{ name: 'Cookie', value: 'a=1; b=2' }];
    await visit(port, { acceptEncoding: 'br, gzip;q=0.5', headers, cookies: 'per_visit' });
    expect(requests.map((request) => request.match(/^(?:Accept-Encoding|Cookie): .*/gm))).toEqual([
      ['Accept-Encoding: br, gzip;q=0.5', 'Cookie: a=1; b=2'],
      ['Accept-Encoding: br, gzip;q=0.5', 'Cookie: a=1; b=2; c=3'],
    ]);
  });
});

describe('redirects', () => {
  const redirectTo = (location: (request: string) => string) =>
    serve((socket, request) => socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location(request)}\r\n\r\n`));

  it('ends a loop, and a chain beyond the limit', async () => {
    const loop = await visit(await redirectTo((request) => (request.startsWith('GET /a ') ? '/' : '/a')));
    expect([loop.verdict, detailOf(loop)]).toEqual(['ERROR', expect.stringContaining('loop')]);
    const chain = await visit(await redirectTo((request) => `${/^GET (\S+)/.exec(request)?.[1]}x`), {
      maxRedirects: 3,
    });
    expect([chain.verdict, detailOf(chain)]).toEqual(['ERROR', 'More than 3 redirects']);
    expect(chain.hops.filter(({ statusCode }) => statusCode === 302)).toHaveLength(4);
  });

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://0x7f.1/',
    'http://169.254.169.254/latest',
    'http://inside.example/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[::127.0.0.1]/',
    'http://[fe80::1]/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://0/',
    'http://127.0.0.1./',
    'http://127。0。0。1/',
    'http://１２７.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://%31%32%37.0.0.1/',
    'http://hostile.example@127.0.0.1/',
    'http://127.0.0.1\\@hostile.example/',
    'http://127.0.0.1#@hostile.example/',
    'http://localhost/',
    'http://any.localhost./',
    '//127.0.0.1/',
    '\\\\127.0.0.1\\x',
    '/\\127.0.0.1/',
    'http:\\\\127.0.0.1/',
    'ht\ttp://127.0.0.1/',
  ])('asks the guard again for %s', async (location) => {
    let asked = 0;
    const port = await serve((socket) => {
      asked++;
      socket.end(Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\n\r\n`));
    });
    const outcome = await visit(port, { lookup: async () => ['10.0.0.1'] });
    expect([outcome.verdict, detailOf(outcome)]).toEqual([
      'ERROR',
      expect.stringMatching(/^Refused: .*public/),
    ]);
    expect(asked).toBe(1);
  });

  it.each(['ftp://host.example/', 'javascript:alert(1)', 'http://', 'http://a b/'])(
    'refuses to go to %s',
    async (location) => {
      const outcome = await visit(await redirectTo(() => location));
      expect(outcome.verdict).toBe('ERROR');
      expect(detailOf(outcome)).toMatch(/Redirect to/);
    },
  );

  it('follows relative, protocol-relative and non-ASCII locations, without fragment and credentials', async () => {
    const seen: string[] = [];
    const port = await serve((socket, request) => {
      const path = /^GET (\S+)/.exec(request)?.[1] ?? '';
      seen.push(`${/Host: (\S+)/.exec(request)?.[1]}${path}`);
      const next = { '/': 'caf\u00c3\u00a9#top', '/caf%C3%A9': '//user:pw@www.hostile.example/end?q=1' }[
        path
      ];
      socket.end(
        next === undefined
          ? 'HTTP/1.1 200 OK\r\n\r\nend'
          : Buffer.from(`HTTP/1.1 301 Moved\r\nLocation: ${next}\r\n\r\n`, 'latin1'),
      );
    });
    const outcome = await visit(port);
    expect(seen).toEqual(['hostile.example/', 'hostile.example/caf%C3%A9', 'www.hostile.example/end?q=1']);
    expect(outcome.response?.finalUrl).toBe('http://www.hostile.example/end?q=1');
  });

  it.each([
    ['octets of another charset', '/caf\u00e9', '/caf%E9'],
    ['the first of several', '/a\r\nLocation: /b', '/a'],
    ['one that is repeated', '/a\r\nLocation: /a', '/a'],
  ])('goes by %s', async (_, location, path) => {
    const port = await serve((socket, request) =>
      socket.end(
        Buffer.from(
          request.startsWith('GET / ')
            ? `HTTP/1.1 301 Moved\r\nLocation: ${location}\r\n\r\n`
            : 'HTTP/1.1 200 OK\r\n\r\n',
          'latin1',
        ),
      ),
    );
    const outcome = await visit(port);
    expect([outcome.verdict, outcome.response?.finalUrl]).toEqual(['OK', `http://hostile.example${path}`]);
  });

  it('goes back to a URL with the cookie that it was given there, and not without', async () => {
    const port = await serve((socket, request) =>
      socket.end(
        /Cookie: seen=1/.test(request)
          ? 'HTTP/1.1 200 OK\r\n\r\nend'
          : 'HTTP/1.1 302 Found\r\nLocation: /\r\nSet-Cookie: seen=1\r\n\r\n',
      ),
    );
    expect((await visit(port)).verdict).toBe('OK');
    const loop = await visit(port, { cookies: 'none' });
    expect([loop.verdict, detailOf(loop)]).toEqual(['ERROR', expect.stringContaining('loop')]);
  });
});

describe('failures', () => {
  it('gives the more specific reason of https and http', async () => {
    const reset = await serve((socket) => socket.resetAndDestroy());
    const both = await visit(await closedPort(), { httpsPort: reset });
    expect(both.verdict).toBe('CONNECTION_RESET');
    const garbled = await serve((socket) => socket.end('this is no TLS'));
    expect((await visit(reset, { httpsPort: garbled })).verdict).toBe('TLS_ERROR');
    expect((await visit(await closedPort())).verdict).toBe('ERROR');
  });

  it('tells a closed connection from a malformed reply', async () => {
    const inHead = await visit(await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Ty')));
    const before = await visit(await serve((socket) => socket.end()));
    const noise = await visit(await serve((socket) => socket.end('220 mail.example ESMTP\r\n')));
    expect([inHead.verdict, before.verdict, noise.verdict]).toEqual([
      'CONNECTION_RESET',
      'CONNECTION_RESET',
      'ERROR',
    ]);
  });

  it('has an outcome for a name that no URL can hold', async () => {
    const outcome = await visit(1, { name: 'site.123' });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', 'The name cannot stand in a URL']);
  });

  it('says that a name has no address', async () => {
    const outcome = await visit(1, { addresses: [], lookup: async () => [] });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', 'No address for hostile.example']);
  });

  it('asks the guard for what robots.txt leads to', async () => {
    const seen: string[] = [];
    const port = await serve((socket, request) => {
      seen.push(request.split(' ')[1] ?? '');
      socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/robots.txt\r\n\r\n');
    });
    const outcome = await visit(port, { robots: 'obey', schemes: 'http_only' });
    expect([outcome.verdict, seen]).toEqual(['ERROR', ['/robots.txt']]);
    expect(outcome.hops.some(({ failure }) => failure?.detail.includes('not a public address'))).toBe(true);
  });

  it('passes over addresses that the guard refuses and takes the next', async () => {
    const port = await respond('200 OK\r\nContent-Length: 0');
    const outcome = await visit(port, { addresses: ['10.1.2.3', ADDRESS] });
    expect(outcome.verdict).toBe('OK');
    expect(outcome.hops.map(({ address }) => address)).toContain('10.1.2.3');
  });
});
