import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { CertificateAuthority } from '@domainflow/lab/tls/certificate-authority.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, closeServers, detailOf, serve, visit } from './testing/raw-server.ts';

const NAME = 'flood.example';
const authority = new CertificateAuthority();
const running: { server: Server; sockets: TLSSocket[] }[] = [];

afterEach(async () => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
  await closeServers();
});

/** Writes the block again and again, as fast as it is taken; gives how much was. */
function pump(socket: Socket, block: string | Buffer): { sent: number } {
  const octets = Buffer.from(block as string, 'latin1');
  const told = { sent: 0 };
  const go = (): void => {
    while (!socket.destroyed) {
      told.sent += octets.length;
      if (!socket.write(octets)) return void socket.once('drain', go);
    }
  };
  go();
  return told;
}

/** No visit here may need its time: each flood ends for what it is. */
const patient = { timeoutMs: 20_000, maxBodyBytes: 100_000, minimumBytesPerSecond: 0 };

describe('http/1.1', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n';

  it.each([
    ['extensions of chunks', `1;${'a'.repeat(4_000)}\r\nx\r\n`, /extensions are too long/],
    ['trailers', '0\r\n' + 'a: b\r\n'.repeat(1_000), /trailers are too long/],
  ])('%s without end are refused', async (_, block, detail) => {
    let told = { sent: 0 };
    const port = await serve((socket) => {
      socket.write(chunked);
      told = pump(socket, block);
    });
    const outcome = await visit(port, { ...patient, schemes: 'http_only' });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringMatching(detail)]);
    expect(told.sent).toBeLessThan(20_000_000);
  });

  it('chunks of one octet are read to the cap', async () => {
    const port = await serve((socket) => {
      socket.write(chunked);
      pump(socket, '1\r\nx\r\n'.repeat(1_000));
    });
    const outcome = await visit(port, { ...patient, schemes: 'http_only' });
    expect([outcome.verdict, bodyOf(outcome)]).toEqual(['OK', 'x'.repeat(100_000)]);
  });

  const crumbs = (head: string): Promise<number> =>
    serve(async (socket) => {
      socket.setNoDelay(true);
      socket.write(head);
      while (!socket.destroyed) {
        socket.write('x');
        await new Promise((resolve) => setImmediate(resolve));
      }
    });

  it('a head that comes in crumbs without end is refused', async () => {
    const outcome = await visit(await crumbs('HTTP/1.1 200 OK\r\nA: '), { ...patient, schemes: 'http_only' });
    expect(outcome.verdict).toBe('ERROR');
    expect(detailOf(outcome)).toMatch(/in crumbs|longer than 65536/);
  });

  it('of a body that comes in crumbs without end the beginning is kept', async () => {
    const port = await crumbs('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n');
    const outcome = await visit(port, { ...patient, schemes: 'http_only' });
    expect([outcome.verdict, outcome.response?.truncated]).toEqual(['OK', true]);
    expect(outcome.response?.body.length).toBeGreaterThan(3_000);
  });
});

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const DATA = 0;
const HEADERS = 1;
const GOAWAY = 7;
const WINDOW_UPDATE = 8;
const ALTSVC = 10;
const ORIGIN = 12;
const PADDED = 8;
const times = (count: number, octets: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, () => octets));
const OK_HEAD = frame(HEADERS, 4, 1, Buffer.of(0x88));

/** A server of HTTP/2 that writes what it is told to, whatever is asked. */
async function serveFrames(first: Buffer, block: Buffer): Promise<number> {
  const context = authority.contextFor(NAME, 'valid');
  const sockets: TLSSocket[] = [];
  const server = createServer(
    { SNICallback: (_name, done) => done(null, context), ALPNProtocols: ['h2'] },
    (socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write(Buffer.concat([frame(4, 0, 0), first]));
        pump(socket, block);
      });
    },
  );
  running.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

// Deno does not do HTTP/2 over a connection that is open.
describe.skipIf('Deno' in globalThis)('HTTP/2', () => {
  const flood = async (first: Buffer, block: Buffer): Promise<SiteOutcome> => {
    const port = await serveFrames(first, block);
    const h2 = { name: NAME, httpsPort: port, http2: true, tls: 'record', schemes: 'https_only' } as const;
    return visit(1, { ...patient, ...h2 });
  };

  it.each([
    ['window updates', frame(WINDOW_UPDATE, 0, 0, Buffer.of(0, 0, 0, 1))],
    ['alternative services', frame(ALTSVC, 0, 0, Buffer.from('\0\x01aabc', 'latin1'))],
    ['origins', frame(ORIGIN, 0, 0, Buffer.from('\0\x0ahttps://ab', 'latin1'))],
    ['farewells', frame(GOAWAY, 0, 0, Buffer.concat([Buffer.of(127, 255, 255, 255), Buffer.alloc(104)]))],
    ['settings', frame(4, 0, 0)],
    ['pings', frame(6, 0, 0, Buffer.alloc(8))],
    ['continuations', Buffer.concat([frame(HEADERS, 0, 1, Buffer.of(0x88)), times(50, frame(9, 0, 1))])],
    ['interim responses', frame(HEADERS, 4, 1, Buffer.of(0x48, 3, 0x31, 0x30, 0x33))],
  ])('%s without end are refused', async (_, block) => {
    const outcome = await flood(Buffer.alloc(0), times(200, block));
    expect(outcome.verdict).toBe('ERROR');
    expect(detailOf(outcome)).toMatch(/without end|ERR_HTTP2/);
  });

  it.each([
    ['in frames of one octet', frame(DATA, 0, 1, Buffer.from('x'))],
    ['of padding', frame(DATA, PADDED, 1, Buffer.concat([Buffer.of(255), Buffer.alloc(255)]))],
    ['of empty frames', frame(DATA, 0, 1)],
  ])('of a body %s without end the beginning is kept', async (_, block) => {
    const outcome = await flood(OK_HEAD, times(200, block));
    expect([outcome.verdict, outcome.response?.truncated]).toEqual(['OK', true]);
    expect(outcome.response?.body.length).toBeLessThan(10_000);
  });
});
