import { afterEach, describe, expect, test } from 'vitest';
import {
  answer,
  askMany,
  closeAll,
  failing,
  never,
  openPort,
  persona,
  startServer,
  type TestServer,
} from './testing/test-server.ts';

afterEach(closeAll);

const good = (): Promise<TestServer> => startServer((query, reply) => reply(answer(query, '192.0.2.7')));
const withRcode = (rcode: number): Promise<TestServer> =>
  startServer((query, reply) => reply(failing(query, rcode)));

describe('strategies', () => {
  test('weighted: shares follow the weights', async () => {
    const servers = [await good(), await good(), await good()];
    const [first, second, third] = servers as [TestServer, TestServer, TestServer];
    const resolvers = [
      { address: first.address, weight: 6 },
      { address: second.address, weight: 3 },
      { address: third.address },
    ];
    const resolver = openPort(...servers).resolver(
      persona({ strategy: 'weighted', resolvers, timeoutMs: 5_000 }),
    );
    for (let count = 0; count < 200; count += 1) await resolver.query('a.example', 'A', never);
    expect([first.seen, second.seen, third.seen]).toEqual([120, 60, 20]);
  });

  test('failover: only the first is asked while it answers, then only the second', async () => {
    let isUp = true;
    const first = await startServer((query, reply) => {
      if (isUp) reply(answer(query, '192.0.2.7'));
    });
    const second = await good();
    const resolver = openPort(first, second).resolver(persona({ strategy: 'failover', timeoutMs: 300 }));
    expect(await askMany(resolver, 500)).toEqual({ NOERROR: 500 });
    expect([first.seen, second.seen]).toEqual([500, 0]);
    isUp = false;
    expect(await askMany(resolver, 1_500)).toEqual({ NOERROR: 1_500 });
    const seen = first.seen;
    expect(await askMany(resolver, 500)).toEqual({ NOERROR: 500 });
    expect(first.seen - seen).toBeLessThan(20);
  });

  test('a limit of one resolver holds for it alone', async () => {
    const slow = await good();
    const fast = await good();
    const resolvers = [{ address: slow.address, queriesPerSecond: 50 }, fast.address];
    const port = openPort(slow, fast);
    const started = performance.now();
    expect(await askMany(port.resolver(persona({ resolvers })), 1_000)).toEqual({ NOERROR: 1_000 });
    const seconds = (performance.now() - started) / 1_000;
    expect(slow.seen).toBeLessThanOrEqual(5 + seconds * 50);
    expect(port.stats()[0]?.resolvers.map((each) => each.queriesPerSecond)).toEqual([50, null]);
  });
});

describe('health', () => {
  test('a dead resolver is put aside, asked again with pauses, and comes back', async () => {
    let isUp = false;
    const flaky = await startServer((query, reply) => {
      if (isUp) reply(answer(query, '192.0.2.7'));
    });
    const port = openPort(flaky, await good());
    const resolver = port.resolver(persona({ timeoutMs: 200 }));
    expect(await askMany(resolver, 3_000)).toEqual({ NOERROR: 3_000 });
    const stateOf = () => port.stats()[0]?.resolvers[0];
    expect(stateOf()).toMatchObject({ ejection: 'silent', isDown: true, ejections: 1, replies: 0 });
    const seen = flaky.seen;
    // Nothing but probes, and these with growing pauses.
    const until = performance.now() + 1_500;
    while (performance.now() < until) await resolver.query('a.example', 'A', never);
    expect(flaky.seen - seen).toBeLessThanOrEqual(3);
    isUp = true;
    while (stateOf()?.ejection !== null) await resolver.query('a.example', 'A', never);
    await askMany(resolver, 500);
    expect(flaky.seen - seen).toBeGreaterThan(100);
  });

  test.each([
    [5, 'REFUSED'],
    [2, 'SERVFAIL'],
  ])('one that answers with RCODE %d alone is put aside', async (rcode, name) => {
    const unhelpful = await withRcode(rcode);
    const port = openPort(unhelpful, await good());
    expect(await askMany(port.resolver(persona()), 3_000)).toEqual({ NOERROR: 3_000 });
    expect(unhelpful.seen).toBeLessThan(900);
    const [state] = port.stats()[0]?.resolvers ?? [];
    expect(state).toMatchObject({ ejection: 'unhelpful', errorRate: 1, rcodes: { [name]: unhelpful.seen } });
    expect(state?.latency?.p95Ms).toBeGreaterThan(0);
  });

  test('where all refuse, all are asked, and the refusal is told', async () => {
    const port = openPort(await withRcode(5), await withRcode(5));
    expect(await askMany(port.resolver(persona({ attempts: 2 })), 200)).toEqual({ REFUSED: 200 });
  });

  test('a hint slows one resolver down and not the other', async () => {
    const [one, other] = [await good(), await good()];
    const port = openPort(one, other);
    const resolver = port.resolver(persona());
    const until = performance.now() + 1_300;
    while (performance.now() < until) await askMany(resolver, 50);
    resolver.slowDown?.(one.address);
    const limits = port.stats()[0]?.resolvers.map(({ queriesPerSecond }) => queriesPerSecond);
    expect(limits).toEqual([expect.any(Number), null]);
  });
});
