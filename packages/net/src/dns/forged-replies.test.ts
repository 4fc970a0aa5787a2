import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import {
  answer,
  closeAll,
  closeLater,
  closing,
  failing,
  never,
  openPort,
  persona,
  startServer,
} from './testing/test-server.ts';

afterEach(closeAll);

describe('forged and malformed replies', () => {
  test('only the true reply counts', async () => {
    const stranger = createSocket('udp4');
    closeLater(() => closing(stranger));
    const server = await startServer((query, reply, from) => {
      const other = { ...query, questions: [{ name: 'other.example', type: 'A' }] };
      // From another address and port, with everything right.
      stranger.send(answer(query, '203.0.113.1'), from.port, from.address);
      reply(answer({ ...query, id: (query.id + 1) & 0xffff }, '203.0.113.2'));
      reply(answer(other, '203.0.113.3'));
      reply(answer({ ...query, questions: [{ name: 'shop.example', type: 'AAAA' }] }, '203.0.113.4'));
      reply(answer(query, '203.0.113.5').subarray(0, -1));
      reply(Buffer.concat([answer(query, '203.0.113.6'), Buffer.from([1])]));
      reply(answer(query, '203.0.113.7', { type: 'query' }));
      reply(Buffer.from([query.id >> 8]));
      reply(Buffer.alloc(0));
      setTimeout(() => reply(answer(query, '192.0.2.7')), 50);
      setTimeout(() => reply(answer(query, '203.0.113.8')), 60);
    });
    const port = openPort(server);
    const resolver = port.resolver(persona());
    const found = await resolver.query('shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 1, records: [{ data: '192.0.2.7' }] });
    await new Promise((resolve) => setTimeout(resolve, 40));
    const [stats] = port.stats();
    expect(stats).toMatchObject({ inUse: 0, forged: 2, malformed: 5 });
    expect(stats?.unexpected).toBe(2);
  });

  test('a reply that comes too late is not taken for another question', async () => {
    const server = await startServer((query, reply) => {
      if (query.questions[0]?.name === 'slow.example')
        setTimeout(() => reply(answer(query, '203.0.113.1')), 600);
      else setTimeout(() => reply(answer(query, '192.0.2.7')), 200);
    });
    const resolver = openPort(server).resolver(persona({ timeoutMs: 500, attempts: 1 }));
    expect(await resolver.query('slow.example', 'A', never)).toMatchObject({ rcode: 'TIMEOUT' });
    const others = Array.from({ length: 200 }, (_, index) => resolver.query(`n${index}.example`, 'A', never));
    for (const found of await Promise.all(others))
      expect(found.records).toMatchObject([{ data: '192.0.2.7' }]);
  });

  test('ids are spread over their whole range, and ports over several', async () => {
    const ids = new Set<number>();
    const ports = new Set<number>();
    const server = await startServer((query, reply, from) => {
      ids.add(query.id);
      ports.add(from.port);
      reply(failing(query, 3));
    });
    const resolver = openPort(server).resolver(persona());
    await Promise.all(
      Array.from({ length: 600 }, (_, index) => resolver.query(`n${index}.example`, 'A', never)),
    );
    expect(ids.size).toBeGreaterThan(560);
    expect(Math.max(...ids) - Math.min(...ids)).toBeGreaterThan(60_000);
    expect(ports.size).toBeGreaterThanOrEqual(8);
  });
});
