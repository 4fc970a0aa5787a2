import { afterEach, describe, expect, test } from 'vitest';
import { answer, closeAll, failing, never, openPort, persona, startServer } from './testing/test-server.ts';

afterEach(closeAll);

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
