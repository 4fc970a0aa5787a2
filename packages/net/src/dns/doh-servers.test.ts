import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { CertificateAuthority } from '@domainflow/lab/tls/certificate-authority.ts';
import * as dnsPacket from 'dns-packet';
import { afterEach, describe, expect, test } from 'vitest';
import { createGuard } from '../guard/guard.ts';
import { type ClosableDnsPort, createDnsPort } from './dns-port.ts';
import {
  answer,
  askMany,
  closeAll,
  closeLater,
  closing,
  never,
  persona,
  type Query,
  startServer,
} from './testing/test-server.ts';

const authority = new CertificateAuthority();
const REFUSED_STREAM = 7;

afterEach(closeAll);

type OnRequest = (stream: ServerHttp2Stream, reply: () => void, session: ServerHttp2Session) => void;

interface DohTestServer {
  readonly url: string;
  readonly port: number;
  sessions: number;
  requests: number;
  /** The most requests that were open at once in one session. */
  mostOpen: number;
  stop(): Promise<void>;
}

/** A DoH server that answers each POST with one address, when the test says so. */
async function startDoh(onRequest: OnRequest, maxConcurrentStreams = 100, port = 0): Promise<DohTestServer> {
  const open = new Set<ServerHttp2Session>();
  const server = createSecureServer({
    SNICallback: (name, done) => done(null, authority.contextFor(name, 'valid')),
    ALPNProtocols: ['h2'],
    settings: { maxConcurrentStreams },
  });
  const stop = async (): Promise<void> => {
    const closed = closing(server);
    for (const session of open) session.destroy();
    await closed;
  };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  // `doh.test` leads to loopback: `openDohPort`.
  const url = `https://doh.test:${bound}/dns-query`;
  const self: DohTestServer = { url, port: bound, sessions: 0, requests: 0, mostOpen: 0, stop };
  server.on('session', (session) => {
    let underWay = 0;
    self.sessions += 1;
    open.add(session);
    session.on('error', () => undefined);
    session.on('close', () => open.delete(session));
    session.on('stream', (stream) => {
      self.requests += 1;
      underWay += 1;
      self.mostOpen = Math.max(self.mostOpen, underWay);
      stream.on('error', () => undefined);
      stream.on('close', () => {
        underWay -= 1;
      });
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const query = dnsPacket.decode(Buffer.concat(chunks)) as Query;
        const reply = (): void => {
          if (stream.destroyed) return;
          stream.respond({ ':status': 200, 'content-type': 'application/dns-message' });
          stream.end(answer(query, '192.0.2.7'));
        };
        onRequest(stream, reply, session);
      });
    });
  });
  closeLater(stop);
  return self;
}

/** A port that trusts the test's authority, and whose system resolver leads every name to loopback. */
async function openDohPort(): Promise<ClosableDnsPort> {
  const names = await startServer((query, reply) =>
    reply(query.questions[0]?.type === 'A' ? answer(query, '127.0.0.1') : answer(query, '', { answers: [] })),
  );
  const port = createDnsPort({
    guard: createGuard({ allow: ['127.0.0.0/8'] }),
    systemResolvers: [names.address],
    extraCaPem: authority.caPem,
  });
  closeLater(() => port.close());
  return port;
}

async function askDoh(url: string, count: number, changes: { attempts?: number; timeoutMs?: number } = {}) {
  const port = await openDohPort();
  const resolver = port.resolver(
    persona({ transport: 'doh', resolvers: [url], timeoutMs: 2_000, attempts: 2, ...changes }),
  );
  const found = await askMany(resolver, count);
  const stats = port.stats().find(({ transport }) => transport === 'doh');
  return { found, stats, health: stats?.resolvers[0] };
}

describe('a DoH server', () => {
  test('that says goodbye after every 50 requests costs no attempt and is not put aside', async () => {
    const counts = new Map<ServerHttp2Session, number>();
    const server = await startDoh((stream, reply, session) => {
      const count = (counts.get(session) ?? 0) + 1;
      counts.set(session, count);
      // What came after it is not begun, as with nginx and `keepalive_requests`.
      if (count === 50) session.goaway(0, stream.id ?? 0);
      if (count <= 50) reply();
    });
    const { found, health } = await askDoh(server.url, 2_000);
    expect(found).toEqual({ NOERROR: 2_000 });
    expect(server.sessions).toBeGreaterThan(30);
    expect(health).toMatchObject({ lost: 0, ejections: 0, timeouts: 0 });
  });

  test.each([1, 10])('that takes %i requests at once is sent no more, and refuses none', async (most) => {
    const server = await startDoh((_, reply) => setImmediate(reply), most);
    const { found, stats } = await askDoh(server.url, 300);
    expect(found).toEqual({ NOERROR: 300 });
    expect(server.mostOpen).toBeLessThanOrEqual(most);
    expect(stats?.queries).toBe(300);
  });

  test('that refuses every other request unseen costs no attempt', async () => {
    let requests = 0;
    const server = await startDoh((stream, reply) => {
      requests += 1;
      if (requests % 2 === 0) stream.close(REFUSED_STREAM);
      else reply();
    });
    const { found, health } = await askDoh(server.url, 400);
    expect(found).toEqual({ NOERROR: 400 });
    expect(health?.lost).toBe(0);
  });

  test('that refuses everything is asked as often as the attempts say, after the first hundred', async () => {
    const server = await startDoh((stream) => stream.close(REFUSED_STREAM));
    const { found } = await askDoh(server.url, 5, { attempts: 3 });
    expect(found).toEqual({ TIMEOUT: 5 });
    // Two sessions, and a few probes.
    expect(server.requests).toBeLessThanOrEqual(5 * 3 + 200 + 10);
  });

  test('that restarts in mid-run loses nothing', async () => {
    let requests = 0;
    const restarted: Promise<DohTestServer>[] = [];
    const first = await startDoh((_, reply) => {
      requests += 1;
      if (requests < 500) setImmediate(reply);
      else if (restarted.length === 0)
        restarted.push(first.stop().then(() => startDoh((__, again) => again(), 100, first.port)));
    });
    const { found, health } = await askDoh(first.url, 3_000, { attempts: 4 });
    expect(found).toEqual({ NOERROR: 3_000 });
    expect((await restarted[0])?.requests).toBeGreaterThan(2_000);
    expect(health?.ejection).toBeNull();
  });
});

describe('a server that is none for DoH is said in words', () => {
  async function reasonOf(server: Server): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closeLater(() => closing(server));
    const url = `https://doh.test:${(server.address() as AddressInfo).port}/dns-query`;
    const resolver = (await openDohPort()).resolver(persona({ transport: 'doh', resolvers: [url] }));
    return await resolver.query('a.example', 'A', never).then(
      () => '',
      (error: Error) => error.message,
    );
  }
  const SNICallback = (
    name: string,
    done: (error: null, context: ReturnType<typeof authority.contextFor>) => void,
  ) => done(null, authority.contextFor(name, 'valid'));

  test('without TLS', async () => {
    expect(await reasonOf(createHttpServer())).toMatch(/doh\.test does not speak TLS \(/);
  });

  test('HTTP/1.1 alone', async () => {
    const server = createTlsServer({ SNICallback, ALPNProtocols: ['http/1.1'] });
    expect(await reasonOf(server)).toMatch(/doh\.test does not speak HTTP\/2/);
  });

  test('agrees on HTTP/2, then says nothing', async () => {
    const server = createTlsServer({ SNICallback, ALPNProtocols: ['h2'] }, (socket) => socket.resume());
    expect(await reasonOf(server)).toMatch(/doh\.test agreed on HTTP\/2 and does not speak it/);
  });
});
