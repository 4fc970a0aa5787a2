import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket as TcpSocket } from 'node:net';
import {
  type DnsPersona,
  type DnsPersonaInput,
  dnsPersonaSchema,
} from '@domainflow/domain/persona/dns-persona.ts';
import * as dnsPacket from 'dns-packet';
import { afterEach, describe, expect, test } from 'vitest';
import { createGuard } from '../guard/guard.ts';
import { type ClosableDnsPort, createDnsPort } from './dns-port.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const never = new AbortController().signal;

type Reply = (message: Uint8Array) => void;
type Handler = (query: Required<dnsPacket.Packet>, reply: Reply, from: RemoteInfo) => void;

interface Server {
  readonly address: string;
  readonly port: number;
  seen: number;
}

const closing = (server: { close(done: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));

async function bindUdp(port: number): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** UDP and TCP on one port; a port that is free for the one may be taken for the other. */
async function bindBoth(onConnection: (socket: TcpSocket) => void): Promise<UdpSocket> {
  for (;;) {
    const tcp = createServer(onConnection).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    try {
      const udp = await bindUdp((tcp.address() as AddressInfo).port);
      cleanups.push(() => closing(tcp));
      return udp;
    } catch {
      await closing(tcp);
    }
  }
}

/** A resolver that does whatever the test says; with `onTcp`, on the same port over TCP too. */
async function startServer(
  handler: Handler,
  onTcp?: (socket: TcpSocket, query: Buffer) => void,
): Promise<Server> {
  const onConnection = (connection: TcpSocket): void => {
    connection.on('error', () => undefined);
    connection.once('data', (query) => onTcp?.(connection, query));
  };
  const socket = onTcp === undefined ? await bindUdp(0) : await bindBoth(onConnection);
  const { port } = socket.address();
  const server = { address: `127.0.0.1:${port}`, port, seen: 0 };
  socket.on('message', (message, from) => {
    server.seen += 1;
    handler(dnsPacket.decode(message), (reply) => socket.send(reply, from.port, from.address), from);
  });
  cleanups.push(() => closing(socket));
  return server;
}

function openPort(...servers: readonly { readonly address: string }[]): ClosableDnsPort {
  const port = createDnsPort({
    guard: createGuard(),
    systemResolvers: servers.map(({ address }) => address),
  });
  cleanups.push(() => port.close());
  return port;
}

const persona = (changes: DnsPersonaInput = {}): DnsPersona =>
  dnsPersonaSchema.parse({ timeoutMs: 200, attempts: 3, ...changes });

function answer(query: Required<dnsPacket.Packet>, data: string, changes: dnsPacket.Packet = {}): Buffer {
  const { id, questions } = query;
  const answers = questions.map(({ name }) => ({ name, type: 'A', ttl: 60, data }));
  return dnsPacket.encode({ id, type: 'response', questions, answers, ...changes });
}

const failing = (query: Required<dnsPacket.Packet>, rcode: number): Buffer =>
  answer(query, '', { flags: rcode, answers: [] });

describe('one query', () => {
  test('an answer comes with its evidence', async () => {
    const server = await startServer((query, reply) => reply(answer(query, '192.0.2.7')));
    const found = await openPort(server).resolver(persona()).query('shop.example', 'A', never);
    expect(found).toEqual({
      rcode: 'NOERROR',
      records: [{ type: 'A', ttl: 60, data: '192.0.2.7' }],
      resolver: server.address,
      attempts: 1,
      rttMs: expect.any(Number),
      transport: 'udp',
    });
  });

  test.each([
    [2, 'SERVFAIL', 3],
    [5, 'REFUSED', 3],
    [3, 'NXDOMAIN', 1],
    [0, 'NOERROR', 1],
  ])('RCODE %d ends as %s after %d attempts', async (rcode, name, attempts) => {
    const server = await startServer((query, reply) => reply(failing(query, rcode)));
    const found = await openPort(server).resolver(persona()).query('shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: name, attempts, resolver: server.address, records: [] });
    expect(server.seen).toBe(attempts);
  });

  test('silence ends as TIMEOUT after all attempts', async () => {
    const server = await startServer(() => undefined);
    const found = await openPort(server).resolver(persona()).query('shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'TIMEOUT', attempts: 3, resolver: null, rttMs: null });
    expect(server.seen).toBe(3);
  });

  test('a failure that was heard outlives later silence', async () => {
    let asked = 0;
    const server = await startServer((query, reply) => {
      asked += 1;
      if (asked === 1) reply(failing(query, 2));
    });
    const found = await openPort(server)
      .resolver(persona({ attempts: 2 }))
      .query('shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'SERVFAIL', attempts: 2 });
  });

  test('a name that cannot be asked is an ERROR, and nothing is sent', async () => {
    const server = await startServer(() => undefined);
    const found = await openPort(server).resolver(persona()).query('bücher.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'ERROR', attempts: 0 });
    expect(server.seen).toBe(0);
  });

  test('a server that does not know EDNS is asked without it', async () => {
    const server = await startServer((query, reply) => {
      reply(query.additionals.length > 0 ? failing(query, 1) : answer(query, '192.0.2.7'));
    });
    const found = await openPort(server).resolver(persona()).query('shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('an abort rejects at once', async () => {
    const server = await startServer(() => undefined);
    const controller = new AbortController();
    const pending = openPort(server)
      .resolver(persona({ timeoutMs: 5_000 }))
      .query('shop.example', 'A', controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 20);
    await expect(pending).rejects.toThrow('stopped');
  });
});

describe('other resolvers', () => {
  test('a retry goes to each of the others before the first is asked again', async () => {
    const order: number[] = [];
    const servers = await Promise.all(
      [0, 1, 2].map((index) =>
        startServer((query, reply) => {
          order.push(index);
          reply(failing(query, 2));
        }),
      ),
    );
    const found = await openPort(...servers)
      .resolver(persona({ attempts: 5 }))
      .query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'SERVFAIL', attempts: 5 });
    expect(new Set(order.slice(0, 3)).size).toBe(3);
  });

  test.each(['round_robin', 'random'] as const)('%s: another resolver mends a failure', async (strategy) => {
    const bad = await startServer((query, reply) => reply(failing(query, 2)));
    const good = await startServer((query, reply) => reply(answer(query, '192.0.2.7')));
    const resolver = openPort(bad, good).resolver(persona({ strategy }));
    const names = Array.from({ length: 50 }, (_, index) => `n${index}.example`);
    const found = await Promise.all(names.map((name) => resolver.query(name, 'A', never)));
    for (const one of found) expect(one).toMatchObject({ rcode: 'NOERROR', resolver: good.address });
    expect(bad.seen).toBeGreaterThan(5);
  });

  test('one without a route from here leaves the others', async () => {
    const good = await startServer((query, reply) => reply(failing(query, 3)));
    // A documentation address: no route, or no reply.
    const port = openPort({ address: '[2001:db8::53]:53' }, good);
    const names = Array.from({ length: 20 }, (_, index) => `n${index}.example`);
    const resolver = port.resolver(persona());
    const found = await Promise.all(names.map((name) => resolver.query(name, 'A', never)));
    for (const one of found) expect(one).toMatchObject({ rcode: 'NXDOMAIN', resolver: good.address });
  });

  test('one of three black-holed: everything is answered, and it is soon left alone', async () => {
    const silent = await startServer(() => undefined);
    const good = () => startServer((query, reply) => reply(answer(query, '192.0.2.7')));
    const port = openPort(silent, await good(), await good());
    const resolver = port.resolver(persona({ timeoutMs: 1_000, attempts: 4 }));
    const found = new Map<string, number>();
    let next = 0;
    await resolver.run(
      {
        next: () => (next < 8_000 ? { name: `n${(next += 1)}.example`, type: 'A' as const } : null),
        answered: (_, { rcode }) => void found.set(rcode, (found.get(rcode) ?? 0) + 1),
      },
      never,
    );
    expect(Object.fromEntries(found)).toEqual({ NOERROR: 8_000 });
    expect(silent.seen).toBeLessThan(1_000);
  });

  test('all black-holed, then back: nothing is called absent, and work goes on', async () => {
    let isSilent = true;
    const server = await startServer((query, reply) => {
      if (!isSilent) reply(failing(query, 3));
    });
    const resolver = openPort(server).resolver(persona({ timeoutMs: 250, attempts: 2 }));
    const found = new Map<string, number>();
    let next = 0;
    setTimeout(() => {
      isSilent = false;
    }, 1_500);
    await resolver.run(
      {
        next: () => (next < 3_000 ? { name: `n${(next += 1)}.example`, type: 'A' as const } : null),
        answered: (_, { rcode }) => void found.set(rcode, (found.get(rcode) ?? 0) + 1),
      },
      never,
    );
    expect(found.get('TIMEOUT') ?? 0).toBeLessThan(600);
    expect((found.get('TIMEOUT') ?? 0) + (found.get('NXDOMAIN') ?? 0)).toBe(3_000);
  });
});

describe('forged and malformed replies', () => {
  test('only the true reply counts', async () => {
    const stranger = createSocket('udp4');
    cleanups.push(() => closing(stranger));
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
        setTimeout(() => reply(answer(query, '203.0.113.1')), 150);
      else setTimeout(() => reply(answer(query, '192.0.2.7')), 40);
    });
    const resolver = openPort(server).resolver(persona({ timeoutMs: 100, attempts: 1 }));
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

describe('truncation', () => {
  const truncate: Handler = (query, reply) =>
    reply(answer(query, '', { answers: [], flags: dnsPacket.TRUNCATED_RESPONSE }));
  const framed = (message: Buffer): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    return Buffer.concat([length, message]);
  };

  test('the whole answer comes over TCP, even octet by octet', async () => {
    const server = await startServer(truncate, async (socket, query) => {
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
    const server = await startServer(truncate, onTcp);
    const found = await openPort(server)
      .resolver(persona({ attempts: 2 }))
      .query('big.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'TIMEOUT', attempts: 2 });
  });
});

describe('runs', () => {
  test('an abort ends a run at once, and calls nothing any more', async () => {
    const server = await startServer(() => undefined);
    const port = openPort(server);
    const controller = new AbortController();
    let answers = 0;
    const run = port
      .resolver(persona({ timeoutMs: 5_000 }))
      .run(
        { next: () => ({ name: 'a.example', type: 'A' as const }), answered: () => void (answers += 1) },
        controller.signal,
      );
    setTimeout(() => controller.abort(), 30);
    await run;
    expect(answers).toBe(0);
    expect(port.stats()[0]).toMatchObject({ inUse: 0, resolvers: [{ inFlight: 0 }] });
  });

  test('two runs share a pool without disturbing each other', async () => {
    const server = await startServer((query, reply) => reply(answer(query, '192.0.2.7')));
    const port = openPort(server);
    const runOver = async (prefix: string, count: number): Promise<Set<string>> => {
      const seen = new Set<string>();
      let next = 0;
      const source = {
        next: () => (next < count ? { name: `${prefix}${(next += 1)}.example`, type: 'A' as const } : null),
        answered: ({ name }: { name: string }) => void seen.add(name),
      };
      await port.resolver(persona()).run(source, never);
      return seen;
    };
    const [first, second] = await Promise.all([runOver('a', 3_000), runOver('b', 10)]);
    expect(first.size).toBe(3_000);
    expect(second).toEqual(new Set(Array.from({ length: 10 }, (_, index) => `b${index + 1}.example`)));
    expect(port.stats()).toHaveLength(1);
  });

  test('a source that throws fails its own run, and no other', async () => {
    const server = await startServer((query, reply) => reply(failing(query, 3)));
    const resolver = openPort(server).resolver(persona());
    const answered = (): void => undefined;
    const fault = (): never => {
      throw new Error('defect');
    };
    const question = { name: 'a.example', type: 'A' as const };
    const first = resolver.run({ next: fault, answered }, never);
    const second = resolver.run({ next: () => question, answered: fault }, never);
    await expect(first).rejects.toThrow('defect');
    await expect(second).rejects.toThrow('defect');
    expect(await resolver.query('b.example', 'A', never)).toMatchObject({ rcode: 'NXDOMAIN' });
  });

  test('queries a second hold', async () => {
    const server = await startServer((query, reply) => reply(failing(query, 3)));
    const resolver = openPort(server).resolver(persona({ queriesPerSecond: 200 }));
    const started = performance.now();
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => resolver.query(`n${index}.example`, 'A', never)),
    );
    expect(performance.now() - started).toBeGreaterThan(350);
    expect(server.seen).toBe(100);
  });

  test('closing ends what is under way', async () => {
    const server = await startServer(() => undefined);
    const port = openPort(server);
    const resolver = port.resolver(persona({ timeoutMs: 5_000 }));
    const run = resolver.run(
      { next: () => ({ name: 'a.example', type: 'A' as const }), answered: () => undefined },
      never,
    );
    const single = resolver.query('b.example', 'A', never);
    const rejected = expect(single).rejects.toThrow('closed');
    await new Promise((resolve) => setTimeout(resolve, 30));
    await port.close();
    await run;
    await rejected;
    await expect(resolver.query('c.example', 'A', never)).rejects.toThrow('closed');
  });
});

describe('addresses of resolvers', () => {
  test.each([['127.0.0.1'], ['10.0.0.53:53'], ['[::1]:53'], ['169.254.169.254']])(
    '%s is refused',
    (resolver) => {
      expect(() => openPort().resolver(persona({ resolvers: [resolver] }))).toThrow(
        /may not be used.*not a public address/,
      );
    },
  );

  test('what is no address is refused, and so is a system without resolvers', () => {
    const named = {
      ...persona(),
      resolvers: [{ address: 'dns.example', weight: 1, queriesPerSecond: null }],
    };
    expect(() => openPort().resolver(named)).toThrow(/is not a resolver/);
    expect(() => openPort().resolver(persona())).toThrow(/no DNS resolver configured/);
  });

  test("the system's own may be named", async () => {
    const server = await startServer((query, reply) => reply(failing(query, 3)));
    const resolver = openPort(server).resolver(persona({ resolvers: [server.address] }));
    expect(await resolver.query('a.example', 'A', never)).toMatchObject({ rcode: 'NXDOMAIN' });
  });
});
