import type { Socket as TcpSocket } from 'node:net';
import * as dnsPacket from 'dns-packet';
import { afterEach, describe, expect, test } from 'vitest';
import {
  answer,
  closeAll,
  framed,
  never,
  openPort,
  persona,
  startServer,
  truncated,
} from './testing/test-server.ts';

afterEach(closeAll);

describe('truncation', () => {
  test('the whole answer comes over TCP, even octet by octet', async () => {
    const server = await startServer(truncated, async (socket, query) => {
      const message = framed(answer(dnsPacket.decode(query.subarray(2)), '192.0.2.9'));
      for (const octet of message) {
        socket.write(Buffer.from([octet]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
    const found = await openPort(server)
      .resolver(persona({ timeoutMs: 1_000 }))
      .query('big.example', 'A', never);
    expect(found).toMatchObject({
      rcode: 'NOERROR',
      transport: 'tcp',
      attempts: 1,
      records: [{ data: '192.0.2.9' }],
    });
  });

  test.each<[string, (socket: TcpSocket, query: Buffer) => void]>([
    ['closed at once', (socket) => socket.destroy()],
    ['silent', () => undefined],
    ['cut off', (socket, query) => void socket.end(framed(query).subarray(0, 20))],
    [
      'another id',
      (socket, query) => {
        const decoded = dnsPacket.decode(query.subarray(2));
        socket.end(framed(answer({ ...decoded, id: decoded.id ^ 1 }, '203.0.113.1')));
      },
    ],
    [
      'truncated again',
      (socket, query) => {
        const decoded = dnsPacket.decode(query.subarray(2));
        socket.end(framed(answer(decoded, '203.0.113.1', { flags: dnsPacket.TRUNCATED_RESPONSE })));
      },
    ],
  ])('TCP %s: an attempt without a reply', async (_, onTcp) => {
    const server = await startServer(truncated, onTcp);
    const found = await openPort(server)
      .resolver(persona({ attempts: 2 }))
      .query('big.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'TIMEOUT', attempts: 2 });
  });
});
