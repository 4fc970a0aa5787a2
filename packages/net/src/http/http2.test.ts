import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { createServer as createTlsServer, type Server, type TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { CertificateAuthority } from '@domainflow/lab/tls/certificate-authority.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServers, detailOf, visit } from './testing/raw-server.ts';

const authority = new CertificateAuthority();
const NAME = 'h2.example';
const running: (Http2SecureServer | Server)[] = [];
const sessions = new Set<{ destroy(): void }>();

afterEach(async () => {
  for (const session of sessions) session.destroy();
  sessions.clear();
  for (const server of running.splice(0)) server.close();
  await closeServers();
});

async function listen(server: Http2SecureServer | Server): Promise<number> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const credentials = () => {
  const context = authority.contextFor(NAME, 'valid');
  return { SNICallback: (_: string, done: (error: null, context: unknown) => void) => done(null, context) };
};

/** A real HTTP/2 server. */
function serveH2(
  handle: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void,
): Promise<number> {
  const server = createSecureServer({ ...(credentials() as object), allowHTTP1: true });
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    handle(stream, headers);
  });
  server.on('request', (request, response) => {
    if (request.httpVersion === '1.1') response.end('one');
  });
  return listen(server);
}

/** Sends frames of its own making once the client has sent its first ones. */
function serveFrames(send: (socket: TLSSocket) => void): Promise<number> {
  const server = createTlsServer({ ...(credentials() as object), ALPNProtocols: ['h2'] }, (socket) => {
    sessions.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(frame(4, 0, 0));
      send(socket);
    });
  });
  return listen(server);
}

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
const STATUS_200 = Buffer.from([0x88]);

const ask = (httpsPort: number, more: object = {}): Promise<SiteOutcome> =>
  visit(1, { name: NAME, httpsPort, http2: true, tls: 'record', schemes: 'https_only', ...more });

// Deno does not do HTTP/2 over a connection that is open: there http/1.1 is spoken, as with any other server.
describe.skipIf('Deno' in globalThis)('HTTP/2', () => {
  it('is spoken where both offer it; names are lower case and keep the order of the persona', async () => {
    let seen: Record<string, unknown> = {};
    const port = await serveH2((stream, headers) => {
      seen = headers;
      stream.respond({ ':status': 200, 'content-type': 'text/html', 'set-cookie': ['a=1', 'b=2'] });
      stream.end('<title>two</title>');
    });
    const headerOrder = ['X-First', 'Accept', 'User-Agent'];
    const outcome = await ask(port, { headerOrder, headers: [{ name: 'X-First', value: '1' }] });
    expect([outcome.verdict, outcome.hops[0]?.protocol]).toEqual(['OK', 'h2']);
    expect(Buffer.from(outcome.response?.body ?? []).toString()).toBe('<title>two</title>');
    expect(outcome.response?.headers['set-cookie']).toBe('a=1\nb=2');
    expect(outcome.response?.tls).toMatchObject({ selfSigned: false, problem: expect.any(String) });
    const names = Object.keys(seen).filter((name) => typeof name === 'string' && !name.startsWith(':'));
    expect(names).toEqual(['x-first', 'accept', 'user-agent', 'accept-language', 'accept-encoding']);
    const plain = await ask(port, { http2: false });
    expect([plain.verdict, plain.hops[0]?.protocol]).toEqual(['OK', 'http/1.1']);
  });

  it('asks for robots.txt and the page on one connection', async () => {
    const asked: unknown[] = [];
    let connections = 0;
    const port = await serveH2((stream, headers) => {
      asked.push(headers[':path']);
      if (!sessions.has(stream.session as never)) connections += 1;
      stream.respond({ ':status': headers[':path'] === '/robots.txt' ? 404 : 200 });
      stream.end('page');
    });
    (running.at(-1) as Http2SecureServer).on('session', () => {
      connections += 1;
    });
    const outcome = await ask(port, { robots: 'obey' });
    expect([outcome.verdict, asked, connections]).toEqual(['OK', ['/robots.txt', '/'], 1]);
  });

  it('is offered to a server that refuses everything else', async () => {
    const server = createSecureServer(credentials() as object);
    server.on('session', (session) => sessions.add(session));
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('two');
    });
    const port = await listen(server);
    for (const robots of ['obey', 'ignore'] as const) {
      const { verdict, response, hops } = await ask(port, { http2: false, robots });
      expect([verdict, Buffer.from(response?.body ?? []).toString()]).toEqual(['OK', 'two']);
      expect(hops.at(-1)?.protocol).toBe('h2');
    }
    const strange = createTlsServer({ ...(credentials() as object), ALPNProtocols: ['spdy/3'] });
    const none = await ask(await listen(strange), { http2: false });
    expect([none.verdict, detailOf(none)]).toEqual(['TLS_ERROR', expect.stringContaining('NO_APPLICATION')]);
    expect(none.hops).toHaveLength(2);
  });

  it.each<[string, (stream: ServerHttp2Stream) => void]>([
    ['stream', (stream) => stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED)],
    ['connection', (stream) => stream.session?.goaway(constants.NGHTTP2_HTTP_1_1_REQUIRED)],
  ])('asks again over HTTP/1.1 where the server ends a %s for want of it', async (_, end) => {
    let streams = 0;
    const port = await serveH2((stream) => {
      streams += 1;
      end(stream);
    });
    const { verdict, hops, response } = await ask(port, { robots: 'obey' });
    expect([verdict, Buffer.from(response?.body ?? []).toString()]).toEqual(['OK', 'one']);
    // robots.txt is asked for first, and once was enough.
    expect([streams, hops.map(({ protocol }) => protocol)]).toEqual([1, ['http/1.1']]);
    const pageOnly = await ask(port);
    expect(pageOnly.hops.map(({ protocol, statusCode }) => [protocol, statusCode])).toEqual([
      ['h2', null],
      ['http/1.1', 200],
    ]);
    expect(pageOnly.hops[0]?.failure?.detail).toMatch(/HTTP_1_1_REQUIRED|error code 13/);
  });

  it('asks again on a connection that was kept, too', async () => {
    const port = await serveH2((stream, headers) => {
      if (headers[':path'] !== '/robots.txt') return stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED);
      stream.respond({ ':status': 404 });
      stream.end();
    });
    const { verdict, hops } = await ask(port, { robots: 'obey' });
    expect([verdict, hops.map(({ protocol }) => protocol)]).toEqual(['OK', ['h2', 'http/1.1']]);
  });

  it('asks for HTTP/1.1 once: who wants it and speaks HTTP/2 all the same is no site', async () => {
    let connections = 0;
    const port = await serveFrames((socket) => {
      connections += 1;
      socket.write(frame(3, 0, 1, Buffer.from([0, 0, 0, 13])));
    });
    const { verdict, response } = await ask(port, { timeoutMs: 1_500 });
    expect([verdict, response, connections]).toEqual(['TLS_ERROR', null, 1]);
  });

  it('decodes, and stops at the caps', async () => {
    const port = await serveH2((stream) => {
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.end(gzipSync(Buffer.alloc(50_000_000)));
    });
    const outcome = await ask(port, { maxBodyBytes: 10_000 });
    expect([outcome.verdict, outcome.response?.body.length, outcome.response?.truncated]).toEqual([
      'OK',
      10_000,
      true,
    ]);
  });

  it('ends a body that drips at the deadline', async () => {
    const port = await serveH2((stream) => {
      stream.respond({ ':status': 200 });
      const timer = setInterval(() => stream.write('x'), 20);
      stream.on('close', () => clearInterval(timer));
    });
    const startedMs = performance.now();
    const outcome = await ask(port, { timeoutMs: 500 });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['TIMEOUT', 'No complete body in time']);
    expect(performance.now() - startedMs).toBeLessThan(1_500);
  });

  it('gives up a body that trickles before the deadline', async () => {
    const port = await serveH2((stream) => {
      stream.respond({ ':status': 200 });
      const timer = setInterval(() => stream.write('x'), 500);
      stream.on('close', () => clearInterval(timer));
    });
    const outcome = await ask(port, { timeoutMs: 60_000 });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['TIMEOUT', expect.stringMatching(/trickled/)]);
  }, 20_000);

  it.each([
    ['refused', 7],
    ['cancelled', 8],
  ])('a stream that is %s is a reset', async (_, code) => {
    const port = await serveFrames((socket) => {
      socket.write(frame(3, 0, 1, Buffer.from([0, 0, 0, code])));
    });
    expect((await ask(port)).verdict).toBe('CONNECTION_RESET');
  });

  it.each<[string, (socket: TLSSocket) => void]>([
    ['closes', (socket) => socket.end()],
    ['says GOAWAY', (socket) => socket.end(frame(7, 0, 0, Buffer.alloc(8)))],
    ['sends noise', (socket) => socket.write(Buffer.alloc(5_000, 0xa5))],
    [
      'sends CONTINUATION without end',
      (socket) => {
        socket.write(frame(1, 0, 1, STATUS_200));
        const flood = frame(
          9,
          0,
          1,
          Buffer.concat([Buffer.from([0x40, 1, 0x78, 0x7f, 0x81, 0x7c]), Buffer.alloc(508, 97)]),
        );
        const timer = setInterval(() => {
          for (let i = 0; i < 50; i++) socket.write(flood);
        }, 1);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'sends PING and SETTINGS without end',
      (socket) => {
        const flood = Buffer.concat([frame(6, 0, 0, Buffer.alloc(8)), frame(4, 0, 0)]);
        const timer = setInterval(() => {
          for (let i = 0; i < 200; i++) socket.write(flood);
        }, 1);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'sends a field of a mebibyte',
      (socket) => {
        const value = Buffer.alloc(16_000, 97);
        socket.write(
          frame(1, 0, 1, Buffer.concat([STATUS_200, Buffer.from([0x40, 1, 0x78, 0x7f, 0x81, 0xff, 0x3f])])),
        );
        for (let i = 0; i < 64; i++) socket.write(frame(9, 0, 1, value));
      },
    ],
    ['promises pushes', (socket) => socket.write(frame(5, 4, 1, Buffer.from([0, 0, 0, 2, 0x82])))],
  ])('a server that %s costs little and gives no page', async (_, send) => {
    const port = await serveFrames(send);
    const before = process.memoryUsage().rss;
    const startedMs = performance.now();
    const outcome = await ask(port, { timeoutMs: 800 });
    expect(['ERROR', 'CONNECTION_RESET', 'TIMEOUT']).toContain(outcome.verdict);
    expect(outcome.response).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(2_500);
    expect(process.memoryUsage().rss - before).toBeLessThan(64_000_000);
  });
});
