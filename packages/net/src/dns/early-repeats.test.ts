import type { DnsAnswer } from '@domainflow/domain/dns/dns-port.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { answer, closeAll, failing, never, openPort, persona, startServer } from './testing/test-server.ts';

afterEach(closeAll);

const TIMEOUT_MS = 1_100;
const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}.example`);

/** A server that loses the first query for each name, except that `slow` ones are answered to it alone, after 300 ms. */
async function openLossy() {
  const seen = new Map<string, number>();
  const server = await startServer((query, reply) => {
    const name = query.questions[0]?.name ?? '';
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    if (name.startsWith('dead')) return;
    if (name.startsWith('slow')) {
      if (times === 1) setTimeout(() => reply(answer(query, '192.0.2.1')), 300);
    } else if (name.startsWith('failing')) {
      if (times !== 2) reply(failing(query, 2));
    } else if (times > 1) reply(answer(query, '192.0.2.2'));
  });
  const port = openPort(server);
  const resolver = port.resolver(persona({ timeoutMs: TIMEOUT_MS, attempts: 4 }));
  async function ask(all: readonly string[]): Promise<{ answers: DnsAnswer[]; tookMs: number }> {
    const started = performance.now();
    const answers = await Promise.all(all.map((name) => resolver.query(name, 'A', never)));
    return { answers, tookMs: performance.now() - started };
  }
  const stats = () => port.stats()[0];
  return { ask, stats, seen };
}

describe('where packets are lost', () => {
  test('a question is asked again once its reply is late, as soon as that is known to help', async () => {
    const { ask } = await openLossy();
    const before = await ask(names('lossy', 60));
    expect(before.tookMs).toBeGreaterThan(TIMEOUT_MS - 50);
    const after = await ask(names('later', 60));
    expect(after.tookMs).toBeLessThan(TIMEOUT_MS - 300);
    for (const found of after.answers) expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('the reply to the query before still counts', async () => {
    const { ask, stats } = await openLossy();
    await ask(names('lossy', 60));
    const { answers, tookMs } = await ask(names('slow', 5));
    expect(tookMs).toBeLessThan(TIMEOUT_MS - 300);
    for (const found of answers) {
      expect(found).toMatchObject({ rcode: 'NOERROR', records: [{ data: '192.0.2.1' }] });
      expect(found.rttMs).toBeGreaterThan(280);
    }
    expect(stats()).toMatchObject({ inUse: 0, unexpected: 0, forged: 0, resolvers: [{ inFlight: 0 }] });
  });

  test('names with dead servers end it: they have all their time', async () => {
    const { ask, seen } = await openLossy();
    await ask(names('lossy', 60));
    const dead = await ask(names('dead', 40));
    for (const [index, name] of names('dead', 40).entries()) {
      expect(dead.answers[index]).toMatchObject({ rcode: 'TIMEOUT', attempts: seen.get(name) });
      expect(seen.get(name)).toBeOneOf([4, 5, 6, 7]);
    }
    // All four attempts wait until their time is over.
    expect(dead.tookMs).toBeGreaterThan(4 * TIMEOUT_MS - 50);
    const after = await ask(names('later', 5));
    expect(after.tookMs).toBeGreaterThan(TIMEOUT_MS - 50);
  });

  test('a failure that was heard is not waited over', async () => {
    const { ask } = await openLossy();
    await ask(names('lossy', 60));
    const { answers, tookMs } = await ask(names('failing', 5));
    for (const found of answers) expect(found).toMatchObject({ rcode: 'SERVFAIL', attempts: 4 });
    expect(tookMs).toBeLessThan(TIMEOUT_MS - 50);
  });
});
