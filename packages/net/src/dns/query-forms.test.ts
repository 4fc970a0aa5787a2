import * as dnsPacket from 'dns-packet';
import { afterEach, describe, expect, test } from 'vitest';
import { createGuard } from '../guard/guard.ts';
import { createDnsPort } from './dns-port.ts';
import {
  answer,
  askMany,
  closeAll,
  closeLater,
  failing,
  framed,
  never,
  openPort,
  persona,
  type Query,
  startServer,
} from './testing/test-server.ts';

afterEach(closeAll);

const nameOf = ({ questions }: Query): string => questions[0]?.name ?? '';
const lowered = (query: Query): Query => ({
  ...query,
  questions: query.questions.map((question) => ({ ...question, name: question.name.toLowerCase() })),
});

describe('EDNS', () => {
  test.each([
    [0, []],
    [512, [512]],
    [4_096, [4_096]],
  ])('a buffer of %d octets is asked for', async (ednsBufferBytes, sizes) => {
    let seen: unknown[] = [];
    const server = await startServer((query, reply) => {
      seen = query.additionals.map(({ udpPayloadSize }) => udpPayloadSize);
      reply(answer(query, '192.0.2.7'));
    });
    await openPort(server).resolver(persona({ ednsBufferBytes })).query('a.example', 'A', never);
    expect(seen).toEqual(sizes);
  });
});

describe('random letter case', () => {
  test('each query has its own case, and replies that keep it are believed', async () => {
    const names = new Set<string>();
    const server = await startServer((query, reply) => {
      names.add(nameOf(query));
      reply(answer(query, '192.0.2.7'));
    });
    const port = openPort(server);
    const resolver = port.resolver(persona({ randomizeCase: true }));
    for (let count = 0; count < 20; count += 1) {
      const found = await resolver.query('some-longer-name.example', 'A', never);
      expect(found).toMatchObject({ rcode: 'NOERROR', transport: 'udp', attempts: 1 });
      expect(found.isCaseIgnored).toBeUndefined();
    }
    expect(names.size).toBeGreaterThan(15);
    expect([...names].every((name) => name.toLowerCase() === 'some-longer-name.example')).toBe(true);
  });

  test('a reply in another case is not believed: TCP decides', async () => {
    const server = await startServer(
      (query, reply) => reply(answer(lowered(query), '203.0.113.66')),
      (socket, data) => socket.end(framed(answer(dnsPacket.decode(data.subarray(2)), '192.0.2.7'))),
    );
    const port = openPort(server);
    const resolver = port.resolver(persona({ randomizeCase: true }));
    const found = await resolver.query('some-longer-name.example', 'A', never);
    expect(found).toMatchObject({ transport: 'tcp', records: [{ data: '192.0.2.7' }] });
    expect(port.stats()[0]).toMatchObject({ caseLost: 1, forged: 0 });
  });

  test('a resolver that never keeps the case is asked without it, and the answers say so', async () => {
    const server = await startServer((query, reply) => reply(answer(lowered(query), '192.0.2.7')));
    const port = openPort(server);
    const resolver = port.resolver(persona({ randomizeCase: true }));
    expect(await askMany(resolver, 200)).toEqual({ NOERROR: 200 });
    expect(await resolver.query('another-long-name.example', 'A', never)).toMatchObject({
      rcode: 'NOERROR',
      transport: 'udp',
      isCaseIgnored: true,
    });
    expect(port.stats()[0]?.resolvers[0]).toMatchObject({ keepsCase: false });
  });
});

describe('aliases', () => {
  const circle = (query: Query): Buffer =>
    answer(query, '', {
      answers: [
        { name: nameOf(query), type: 'CNAME', ttl: 60, data: 'b.example' },
        { name: 'b.example', type: 'CNAME', ttl: 60, data: nameOf(query) },
      ],
    });

  test('in a circle are no answer: another resolver is asked', async () => {
    const bad = await startServer((query, reply) => reply(circle(query)));
    const good = await startServer((query, reply) => reply(answer(query, '192.0.2.7')));
    const resolver = openPort(bad, good).resolver(persona({ strategy: 'failover' }));
    expect(await resolver.query('a.example', 'A', never)).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('in a circle everywhere: the reason is its own', async () => {
    const bad = await startServer((query, reply) => reply(circle(query)));
    const found = await openPort(bad)
      .resolver(persona({ attempts: 1 }))
      .query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'CNAME_LOOP', resolver: bad.address });
    expect(found.records.length).toBeGreaterThan(1);
  });
});

describe('one server, asked directly', () => {
  test('is asked without recursion, and its referral is told', async () => {
    let flags = -1;
    const server = await startServer((query, reply) => {
      flags = query.flags;
      const authorities = [{ name: 'Shop.example', type: 'NS', ttl: 60, data: 'NS1.shop.example' }];
      reply(answer(query, '', { answers: [], authorities }));
    });
    const port = createDnsPort({ guard: createGuard({ allow: ['127.0.0.1'] }), systemResolvers: [] });
    closeLater(() => port.close());
    const question = { name: 'shop.example', type: 'NS' as const };
    expect(await port.askServer(server.address, question, 1_000, never)).toEqual({
      rcode: 'NOERROR',
      isAuthoritative: false,
      records: [],
      referral: [{ owner: 'shop.example', host: 'ns1.shop.example' }],
      rttMs: expect.any(Number),
    });
    expect(flags & dnsPacket.RECURSION_DESIRED).toBe(0);
  });

  test('authority, refusal and silence are told apart', async () => {
    const server = await startServer((query, reply) => {
      if (nameOf(query) === 'own.example') reply(failing(query, dnsPacket.AUTHORITATIVE_ANSWER | 3));
      if (nameOf(query) === 'foreign.example') reply(failing(query, 5));
    });
    const port = createDnsPort({ guard: createGuard({ allow: ['127.0.0.1'] }), systemResolvers: [] });
    closeLater(() => port.close());
    const ask = (name: string) => port.askServer(server.address, { name, type: 'NS' }, 300, never);
    expect(await ask('own.example')).toMatchObject({ rcode: 'NXDOMAIN', isAuthoritative: true });
    expect(await ask('foreign.example')).toMatchObject({ rcode: 'REFUSED', referral: [] });
    const started = performance.now();
    expect(await ask('silent.example')).toMatchObject({ rcode: 'TIMEOUT', rttMs: null });
    expect(performance.now() - started).toBeLessThan(900);
    await expect(port.askServer('10.0.0.1', { name: 'a.example', type: 'NS' }, 300, never)).rejects.toThrow(
      /may not be asked/,
    );
  });
});
