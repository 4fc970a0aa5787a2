import { afterEach, describe, expect, test } from 'vitest';
import { answer, closeAll, failing, never, openPort, persona, startServer } from './testing/test-server.ts';

afterEach(closeAll);

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
