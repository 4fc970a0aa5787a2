import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
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
  queriesIn,
  startServer,
} from './testing/test-server.ts';

afterEach(closeAll);

const good = () => startServer((query, reply) => reply(answer(query, '192.0.2.7')));
const refusing = () => startServer((query, reply) => reply(failing(query, 5)));

describe('most of many resolvers refuse', () => {
  const start = async (bad: number) => {
    const servers = await Promise.all(Array.from({ length: bad }, refusing));
    return openPort(...servers, await good());
  };

  test.each(['failover', 'round_robin', 'random', 'weighted'] as const)(
    '%s: no name is refused',
    async (strategy) => {
      const port = await start(12);
      const resolver = port.resolver(persona({ strategy, attempts: 2, timeoutMs: 3_000 }));
      expect(await resolver.query('first.example', 'A', never)).toMatchObject({ rcode: 'NOERROR' });
      expect(await askMany(resolver, 600)).toEqual({ NOERROR: 600 });
      const [stats] = port.stats();
      // Each is put aside after a few, and the names that were under way there go elsewhere.
      expect(stats?.queries).toBeLessThan(601 + 13 * 512);
    },
  );

  test('a name that fails at one that answers others is asked for as often as the attempts say', async () => {
    const picky = () =>
      startServer((query, reply) =>
        reply(query.questions[0]?.name.startsWith('n') ? answer(query, '192.0.2.7') : failing(query, 2)),
      );
    const port = openPort(...(await Promise.all(Array.from({ length: 8 }, picky))));
    const resolver = port.resolver(persona({ attempts: 3 }));
    expect(await askMany(resolver, 100)).toEqual({ NOERROR: 100 });
    expect(await resolver.query('broken.example', 'A', never)).toMatchObject({
      rcode: 'SERVFAIL',
      attempts: 3,
    });
  });

  test('where all refuse, each is asked once', async () => {
    const servers = await Promise.all(Array.from({ length: 6 }, refusing));
    const found = await openPort(...servers)
      .resolver(persona({ attempts: 2 }))
      .query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'REFUSED', attempts: 6 });
    expect(servers.map(({ seen }) => seen)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('a resolver that fails when it is asked too fast', () => {
  const limited = (perSecond: number, rcode: number) => {
    let [second, count] = [0, 0];
    return startServer((query, reply) => {
      const now = Math.floor(performance.now() / 1_000);
      if (now !== second) [second, count] = [now, 0];
      count += 1;
      const isBroken = query.questions[0]?.name.endsWith('0.example') === true;
      reply(count > perSecond || isBroken ? failing(query, rcode) : answer(query, '192.0.2.7'));
    });
  };

  test.each([2, 5])(
    'is asked more slowly, and no name is given up for it (RCODE %d)',
    async (rcode) => {
      const port = openPort(await limited(250, rcode));
      const resolver = port.resolver(persona({ attempts: 3, timeoutMs: 2_000 }));
      expect(await askMany(resolver, 1_000)).toEqual({
        NOERROR: 900,
        [rcode === 2 ? 'SERVFAIL' : 'REFUSED']: 100,
      });
      // All at once, and then again what the limit takes.
      const [stats] = port.stats();
      expect(stats?.queries).toBeLessThan(4_000);
      expect(stats?.resolvers[0]?.problem).toMatch(/asked faster than some \d+ times a second/);
    },
    30_000,
  );

  test('the attempts that this took are told apart', async () => {
    const resolver = openPort(await limited(100, 2)).resolver(persona({ attempts: 2, timeoutMs: 2_000 }));
    let [hasty, attempts, next] = [0, 0, 0];
    await resolver.run(
      {
        next: () => (next < 300 ? { name: `n${(next += 1)}.test`, type: 'A' as const } : null),
        answered: (_, given) => {
          expect(given.rcode).toBe('NOERROR');
          hasty += given.hasty ?? 0;
          attempts += given.attempts;
        },
      },
      never,
    );
    expect(hasty).toBeGreaterThan(150);
    expect(attempts - hasty).toBeLessThan(350);
  }, 30_000);
});

describe('a TCP resolver that is started anew', () => {
  /** Answers everything while it is there; `onQueries` hears how many have been answered. */
  function startTcp(onQueries: (count: number) => void = () => undefined) {
    let server: Server | null = null;
    let count = 0;
    const sockets = new Set<Socket>();
    const close = (): void => {
      server?.close();
      for (const socket of sockets) socket.destroy();
    };
    closeLater(async () => close());
    const open = async (port: number): Promise<number> => {
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => undefined);
        socket.on('data', (data) => {
          const replies = queriesIn(data).map((query) => framed(answer(query, '192.0.2.7')));
          socket.write(Buffer.concat(replies));
          count += replies.length;
          onQueries(count);
        });
      }).listen(port, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    };
    return { open, close };
  }

  test('no name runs out of attempts while it is away', async () => {
    let hasLeft = false;
    const server = startTcp((count) => {
      if (count < 5_000 || hasLeft) return;
      hasLeft = true;
      server.close();
      setTimeout(() => void server.open(number), 1_500);
    });
    const number = await server.open(0);
    const port = openPort({ address: `127.0.0.1:${number}` });
    const resolver = port.resolver(persona({ transport: 'tcp', timeoutMs: 1_000, attempts: 3 }));
    const started = performance.now();
    expect(await askMany(resolver, 10_000)).toEqual({ NOERROR: 10_000 });
    expect(performance.now() - started).toBeGreaterThan(1_500);
    // A few are sent to find out whether it is back, and not all that wait.
    expect(port.stats()[0]?.resolvers[0]?.lost).toBeLessThan(1_100);
  });

  test('one that stays away ends as TIMEOUT with the reason, after as long as silence would take', async () => {
    const server = startTcp();
    const number = await server.open(0);
    const resolver = openPort({ address: `127.0.0.1:${number}` }).resolver(
      persona({ transport: 'tcp', timeoutMs: 200, attempts: 3 }),
    );
    expect(await resolver.query('a.example', 'A', never)).toMatchObject({ rcode: 'NOERROR' });
    server.close();
    const started = performance.now();
    const found = await resolver.query('b.example', 'A', never);
    expect(found).toMatchObject({
      rcode: 'TIMEOUT',
      attempts: 3,
      problem: expect.stringMatching(/ECONNREFUSED/),
    });
    expect(performance.now() - started).toBeGreaterThan(390);
  });
});
