import { createServer, type Server, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { type HttpPersona, httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/guard.ts';
import { createHttpPort } from './create-http-port.ts';

const ADDRESS = '127.53.0.1';
const open: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that does what `handle` says once a request, or a first packet, has arrived; returns its port. */
async function serve(handle: (socket: Socket, request: string) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data: Buffer) => handle(socket, data.toString('latin1')));
  });
  open.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface VisitOptions extends Partial<HttpPersona> {
  readonly httpsPort?: number;
  readonly lookup?: (name: string) => Promise<string[]>;
  readonly signal?: AbortSignal;
  readonly addresses?: readonly string[];
}

async function visit(httpPort: number, options: VisitOptions = {}): Promise<SiteOutcome> {
  const { httpsPort, lookup, signal, addresses, ...persona } = options;
  const at = (port: number) => ({ host: '127.0.0.1', port });
  const lab = { dns: at(1), http: at(httpPort), https: at(httpsPort ?? (await closedPort())), caPem: '' };
  const http = createHttpPort({ guard: createGuard({ lab }), lookup: lookup ?? (async () => [ADDRESS]) });
  const fetcher = http.fetcher(httpPersonaSchema.parse({ timeoutMs: 2_000, ...persona }));
  const request = { name: 'hostile.example', addresses: addresses ?? [ADDRESS] };
  return fetcher.fetchSite(request, signal ?? new AbortController().signal);
}

const respond = (head: string, body: string | Buffer = '') =>
  serve((socket) => {
    socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
    socket.end(body);
  });

const bodyOf = (outcome: SiteOutcome): string => Buffer.from(outcome.response?.body ?? []).toString('latin1');
const detailOf = (outcome: SiteOutcome): string => outcome.hops.at(-1)?.failure?.detail ?? '';

describe('verdicts by status', () => {
  it.each([
    ['200 OK', 'OK'],
    ['304 Not Modified', 'OK'],
    ['301 Moved', 'OK'],
    ['404 Not Found', 'NOT_FOUND'],
    ['410 Gone', 'NOT_FOUND'],
    ['403 Forbidden', 'ERROR'],
    ['429 Too Many Requests', 'ERROR'],
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
});

describe('framing', () => {
  it('reads a response that comes octet by octet, interim responses and chunk extensions included', async () => {
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '4;name=value\r\nWiki\r\n6\r\npedia!\r\n0\r\nX-Trailer: 1\r\n\r\n';
    const port = await serve(async (socket) => {
      for (const octet of text) {
        socket.write(octet, 'latin1');
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const outcome = await visit(port);
    expect([outcome.verdict, bodyOf(outcome), outcome.response?.truncated]).toEqual([
      'OK',
      'Wikipedia!',
      false,
    ]);
  });

  it.each([
    ['a sign', '+4\r\nWiki\r\n0\r\n\r\n'],
    ['a blank before the size', ' 4\r\nWiki\r\n0\r\n\r\n'],
    ['a bare line feed', '4\nWiki\r\n0\r\n\r\n'],
    ['a chunk longer than its size', '3\r\nWiki\r\n0\r\n\r\n'],
    ['a size of 13 digits', '1000000000000\r\nWiki\r\n0\r\n\r\n'],
    ['no size', '\r\nWiki\r\n0\r\n\r\n'],
    ['a size line without end', '1'.repeat(9_000)],
  ])('refuses chunked coding with %s', async (_, body) => {
    const outcome = await visit(await respond('200 OK\r\nTransfer-Encoding: chunked', body));
    expect(outcome.verdict).toBe('ERROR');
    expect(detailOf(outcome)).toMatch(/chunk/i);
  });

  it.each(['-1', '1, 2', '1e3', '99999999999999999999'])('refuses a Content-Length of %s', async (length) => {
    const outcome = await visit(await respond(`200 OK\r\nContent-Length: ${length}`, 'x'));
    expect([outcome.verdict, detailOf(outcome)]).toEqual([
      'ERROR',
      expect.stringContaining('Content-Length'),
    ]);
  });

  it('keeps what came of a body that the peer cut, by the status of its head', async () => {
    const outcome = await visit(await respond('200 OK\r\nContent-Length: 100', 'short'));
    expect([outcome.verdict, bodyOf(outcome), outcome.response?.truncated]).toEqual(['OK', 'short', true]);
  });

  it('reads to the end of the connection where nothing tells the length', async () => {
    const outcome = await visit(await respond('200 OK', 'to the end'));
    expect([bodyOf(outcome), outcome.response?.truncated]).toEqual(['to the end', false]);
  });
});

describe('caps', () => {
  it('refuses a head without end, in one field or in many, at 64 KiB', async () => {
    let sent = 0;
    const flood = (piece: string) =>
      serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = (): void => {
          while (!socket.destroyed && sent < 100_000_000) {
            sent += piece.length;
            if (!socket.write(piece)) return void socket.once('drain', more);
          }
        };
        more();
      });
    for (const piece of ['a'.repeat(10_000), `X-Field: ${'b'.repeat(1_000)}\r\n`]) {
      sent = 0;
      const outcome = await visit(await flood(piece));
      expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringContaining('65536')]);
      expect(sent).toBeLessThan(20_000_000);
    }
  });

  it('refuses interim responses without end', async () => {
    const port = await serve((socket) => {
      const more = (): void => {
        while (!socket.destroyed) {
          if (!socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(50)))
            return void socket.once('drain', more);
        }
      };
      more();
    });
    const outcome = await visit(port);
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringContaining('65536')]);
  });

  it('stops a body without end at the cap and closes the connection', async () => {
    let closed: Promise<void> = Promise.resolve();
    const port = await serve((socket) => {
      closed = new Promise((resolve) => socket.once('close', () => resolve()));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = (): void => {
        while (!socket.destroyed)
          if (!socket.write('x'.repeat(65_536))) return void socket.once('drain', more);
      };
      more();
    });
    const outcome = await visit(port, { maxBodyBytes: 100_000 });
    await closed;
    expect([outcome.verdict, outcome.response?.body.length, outcome.response?.truncated]).toEqual([
      'OK',
      100_000,
      true,
    ]);
  });

  it('does not call a body of just the cap truncated', async () => {
    const port = await respond('200 OK\r\nContent-Length: 2048', 'x'.repeat(2048));
    expect((await visit(port, { maxBodyBytes: 2048 })).response?.truncated).toBe(false);
  });

  const zeros = Buffer.alloc(60_000_000);
  it.each([
    ['gzip', 'gzip', gzipSync(zeros)],
    ['br', 'br', brotliCompressSync(zeros)],
    ['gzip in gzip', 'gzip, gzip', gzipSync(gzipSync(zeros))],
    ['br in gzip', 'br, gzip', gzipSync(brotliCompressSync(zeros))],
  ])('stops a decompression bomb (%s) at the cap', async (_, encoding, bomb) => {
    const port = await respond(
      `200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bomb.length}`,
      bomb,
    );
    const before = process.memoryUsage.rss();
    const outcome = await visit(port);
    expect([outcome.verdict, outcome.response?.body.length, outcome.response?.truncated]).toEqual([
      'OK',
      262_144,
      true,
    ]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 1_048_576);
  });

  it('undoes two encodings and refuses three, and those it does not know', async () => {
    const twice = gzipSync(brotliCompressSync('hello'));
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: br, gzip', twice));
    expect(bodyOf(outcome)).toBe('hello');
    for (const encoding of ['gzip, gzip, gzip', 'sdch']) {
      const refused = await visit(await respond(`200 OK\r\nContent-Encoding: ${encoding}`, twice));
      expect([refused.verdict, detailOf(refused)]).toEqual(['ERROR', expect.stringMatching(/encoding/)]);
    }
  });

  it('keeps the readable beginning of a compressed body that was cut', async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n')));
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: gzip', whole.subarray(0, 20_000)));
    expect(outcome.verdict).toBe('OK');
    expect(bodyOf(outcome)).toMatch(/^line 0\nline 1\n/);
  });

  it('calls a body that is not what its encoding says malformed', async () => {
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: gzip', 'not gzip at all'));
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringContaining('gzip')]);
  });

  it('does not read what is no text', async () => {
    const outcome = await visit(
      await respond('200 OK\r\nContent-Type: image/png\r\nContent-Length: 9', 'pngpngpng'),
    );
    expect([outcome.verdict, outcome.response?.body.length]).toEqual(['OK', 0]);
  });
});

describe('deadline', () => {
  const timed = async (run: Promise<SiteOutcome>): Promise<[string, number]> => {
    const startedMs = performance.now();
    const { verdict } = await run;
    return [verdict, performance.now() - startedMs];
  };
  const drip = (prefix: string) =>
    serve((socket) => {
      socket.write(prefix);
      const timer = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(timer));
    });

  it.each([
    ['silence', ''],
    ['a head that drips', 'HTTP/1.1 200 OK\r\nX-Padding: '],
    ['a body that drips', 'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n'],
  ])('ends %s at the deadline', async (what, prefix) => {
    const port = what === 'silence' ? await serve(() => {}) : await drip(prefix);
    const [verdict, elapsedMs] = await timed(visit(port, { timeoutMs: 400 }));
    expect(verdict).toBe('TIMEOUT');
    expect(elapsedMs).toBeGreaterThan(350);
    expect(elapsedMs).toBeLessThan(1_400);
  });

  it('leaves time for http where https hangs', async () => {
    const [hanging, plain] = await Promise.all([
      serve(() => {}),
      respond('200 OK\r\nContent-Length: 2', 'ok'),
    ]);
    const outcome = await visit(plain, { httpsPort: hanging, timeoutMs: 500 });
    expect([outcome.verdict, outcome.response?.finalUrl]).toEqual(['OK', 'http://hostile.example/']);
    expect(outcome.hops[0]?.failure?.reason).toBe('TIMEOUT');
  });

  it('rejects with the reason of an abort, at once, and closes the connection', async () => {
    let closed: Promise<void> = Promise.resolve();
    const abort = new AbortController();
    const port = await serve((socket) => {
      closed = new Promise((resolve) => socket.once('close', () => resolve()));
      abort.abort(new Error('paused'));
    });
    await expect(visit(port, { signal: abort.signal, timeoutMs: 60_000 })).rejects.toThrow('paused');
    await closed;
  });

  it('gives up a lookup that hangs', async () => {
    const lookup = (): Promise<string[]> => new Promise(() => {});
    const [verdict, elapsedMs] = await timed(visit(1, { addresses: [], lookup, timeoutMs: 300 }));
    expect(verdict).toBe('TIMEOUT');
    expect(elapsedMs).toBeLessThan(1_300);
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
  ])('asks the guard again for %s', async (location) => {
    let asked = 0;
    const port = await serve((socket) => {
      asked++;
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\n\r\n`);
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

  it('says that a name has no address', async () => {
    const outcome = await visit(1, { addresses: [], lookup: async () => [] });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', 'No address for hostile.example']);
  });

  it('passes over addresses that the guard refuses and takes the next', async () => {
    const port = await respond('200 OK\r\nContent-Length: 0');
    const outcome = await visit(port, { addresses: ['10.1.2.3', ADDRESS] });
    expect(outcome.verdict).toBe('OK');
    expect(outcome.hops.map(({ address }) => address)).toContain('10.1.2.3');
  });
});
