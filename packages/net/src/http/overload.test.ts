import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { httpConfigSchema } from '@domainflow/domain/phases/http/config.ts';
import { httpPhase } from '@domainflow/domain/phases/http/phase.ts';
import type { PhaseResult } from '@domainflow/domain/phases/phase.ts';
import { ResultList } from '@domainflow/domain/phases/testing/result-list.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngines } from '../engines.ts';

const TIMEOUT_MS = 1_000;
let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: 'overload' });
});
afterAll(() => lab.close());

const TURN_MS = 10;

/**
 * Keeps this process, the lab's servers included, from its work for `busyMs` again and again. In between it is free for
 * so many turns as `freeMs` has: on a busy machine these take longer, as does the work that is to be done in them.
 */
function overload(busyMs: number, freeMs: number): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const rest = (turns: number): void => {
    timer = setTimeout(() => (turns > 1 ? rest(turns - 1) : burn()), TURN_MS);
  };
  const burn = (): void => {
    const untilMs = performance.now() + busyMs;
    while (performance.now() < untilMs);
    rest(freeMs / TURN_MS);
  };
  burn();
  return () => clearTimeout(timer);
}

async function visitAll(names: readonly string[]): Promise<PhaseResult[]> {
  const engines = createEngines({ labJson: JSON.stringify(lab), allowedTargets: [] });
  const items = names.map((name, ordinal) => ({
    ordinal,
    name,
    prior: { addresses: lab.truth(name).dns.a },
  }));
  const sink = new ResultList();
  const batch = {
    plan: {
      config: httpConfigSchema.parse({}),
      persona: httpPersonaSchema.parse({ timeoutMs: TIMEOUT_MS, concurrency: 200 }),
      lookupPersona: { resolvers: [`${lab.dns.host}:${lab.dns.port}`] },
      keywordRules: [],
    },
    lo: 0,
    hi: items.length,
    items,
    loaded: items,
    sink,
    signal: new AbortController().signal,
    onDrained: () => {},
  };
  for await (const _ of httpPhase.run(batch, engines.ports));
  await engines.close();
  return sink.taken;
}

it.each([
  ['standing still longer than the deadline, now and then', 1_300, 500],
  ['standing still most of the time', 250, 80],
])(
  'calls no site that answers a timeout while the process is overloaded: %s',
  async (_, busyMs, freeMs) => {
    const names = Array.from({ length: 60 }, (__, i) =>
      i % 20 === 7 ? `tarpit-${i}.com` : i % 3 === 0 ? `towww-${i}.com` : `live-${i}.com`,
    );
    const end = overload(busyMs, freeMs);
    const results = await visitAll(names).finally(end);
    const wrong = results.flatMap(({ ordinal, verdict, evidence }) => {
      const name = names[ordinal] as string;
      const want = lab.truth(name).site?.http;
      const seen = [verdict, evidence['finalUrl'] ?? null];
      return JSON.stringify(seen) === JSON.stringify([want?.verdict, want?.finalUrl])
        ? []
        : [{ name, evidence }];
    });
    expect(wrong).toEqual([]);
    expect(results.length).toBe(names.length);
    const tarpits = results.filter(({ verdict }) => verdict === 'TIMEOUT');
    expect(tarpits.length).toBe(3);
    for (const { evidence } of tarpits) {
      expect(evidence).toMatchObject({ rechecked: true, attempts: 3 });
      // Twice the deadline at most, and a turn of the event loop.
      expect(evidence['elapsedMs']).toBeLessThan(2 * TIMEOUT_MS + 3 * busyMs);
    }
  },
  120_000,
);

it('ends each tarpit at its deadline in a calm process', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `tarpit-calm${i}.com`);
  const results = await visitAll(names);
  expect(results.map(({ verdict }) => verdict)).toEqual(names.map(() => 'TIMEOUT'));
  // The machine may be busy with others: what stalls grant again is the deadline once more at most.
  for (const { evidence } of results) {
    expect(evidence['elapsedMs']).toBeGreaterThan(TIMEOUT_MS * 0.95);
    expect(evidence['elapsedMs']).toBeLessThan(TIMEOUT_MS * 2.5);
  }
});
