import { addressesIn } from '@domainflow/domain/dns/dns-evidence.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { dnsConfigSchema } from '@domainflow/domain/phases/dns/config.ts';
import { dnsPhase } from '@domainflow/domain/phases/dns/phase.ts';
import type { PhaseItem, PhasePorts, PhaseResult } from '@domainflow/domain/phases/phase.ts';
import { ResultList } from '@domainflow/domain/phases/testing/result-list.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProcessClock } from '../clock/process-clock.ts';
import { createGuard } from '../guard/guard.ts';
import { createProcessRandom } from '../random/process-random.ts';
import { type ClosableDnsPort, createDnsPort } from './dns-port.ts';

let lab: Lab;
let dns: ClosableDnsPort;
const clock = createProcessClock();
const random = createProcessRandom();

beforeAll(async () => {
  lab = await startLab({ seed: 'dns-engine' });
  dns = createDnsPort({ guard: createGuard({ lab }), systemResolvers: [] });
});
afterAll(async () => {
  await dns.close();
  await lab.close();
});

const resolvers = (): string[] => [`${lab.dns.host}:${lab.dns.port}`];
const quick = (): Record<string, unknown> => ({ resolvers: resolvers(), timeoutMs: 700, attempts: 2 });

const itemsOf = (names: readonly string[]): PhaseItem[] =>
  names.map((name, ordinal) => ({ ordinal, name, prior: null }));

function runPhase(
  names: readonly string[],
  persona: unknown,
  signal = new AbortController().signal,
  config: Record<string, unknown> = {},
  sink = new ResultList(),
) {
  const batch = {
    plan: { config: dnsConfigSchema.parse(config), persona, lookupPersona: null, keywordRules: [] },
    lo: 0,
    hi: names.length,
    items: itemsOf(names),
    loaded: [],
    sink,
    signal,
    onDrained: () => undefined,
  };
  // The DNS phase asks nothing of the HTTP port.
  return dnsPhase.run(batch, { dns, clock, random } as unknown as PhasePorts);
}

async function verdictsOf(
  names: readonly string[],
  persona: unknown,
  config: Record<string, unknown> = {},
): Promise<PhaseResult[]> {
  const sink = new ResultList();
  for await (const _ of runPhase(names, persona, undefined, config, sink));
  return sink.taken.sort((a, b) => a.ordinal - b.ordinal);
}

describe('DNS phase against the lab', () => {
  test.each(['live', 'absent', 'nodata', 'servfail', 'refused', 'timeout', 'slow', 'truncated', 'cname'])(
    'a name of kind %s gets the right verdict with its evidence',
    async (kind) => {
      const name = `${kind}-engine.com`;
      const truth = lab.truth(name);
      const [result] = await verdictsOf([name], { ...quick(), timeoutMs: kind === 'slow' ? 5_000 : 700 });
      expect(result?.verdict).toBe(truth.dns.verdict);
      const evidence = result?.evidence ?? {};
      if (truth.dns.verdict === 'OK') {
        const expected = [...truth.dns.a, ...truth.dns.aaaa];
        expect([...addressesIn(evidence)].sort()).toEqual(expected.sort());
        expect(evidence).toMatchObject({ rcode: 'NOERROR', resolver: resolvers()[0] });
      } else {
        expect(addressesIn(evidence)).toEqual([]);
      }
      expect(evidence['transport']).toBe(truth.dns.truncated ? 'tcp' : 'udp');
    },
  );

  test('thousands of arbitrary names: each exactly once, each right', async () => {
    const tlds = ['com', 'net', 'de', 'co.uk', 'ws', 'invalid'];
    const names = Array.from(
      { length: 6_000 },
      (_, index) => `arbitrary${index}.${tlds[index % tlds.length]}`,
    );
    const results = await verdictsOf(names, quick());
    expect(results.map(({ ordinal }) => ordinal)).toEqual(names.map((_, index) => index));
    const wrong = results.filter(({ ordinal, verdict }) => {
      const name = names[ordinal] ?? '';
      return lab.truth(name).dns.verdict !== verdict;
    });
    expect(wrong).toEqual([]);
  });

  test('NXDOMAIN on the first type stops the others', async () => {
    lab.resetCounts();
    const persona = { ...quick(), recordTypes: ['A', 'AAAA', 'MX', 'NS'] };
    const config = { wildcardDetection: false, registrationCheck: 'off', canaries: { enabled: false } };
    await verdictsOf(['absent-one.com', 'live-one.com'], persona, config);
    expect(lab.queries().dns.byKind).toEqual({ absent: 1, plain: 4 });
  });

  test('the evidence of an absent name is small', async () => {
    const [result] = await verdictsOf(['absent-two.com'], quick());
    expect(JSON.stringify(result?.evidence).length).toBeLessThan(120);
  });

  test('further types are kept as evidence', async () => {
    const [result] = await verdictsOf(['live-mail.com'], { ...quick(), recordTypes: ['NS', 'MX', 'A'] });
    const types = (result?.evidence['records'] as { type: string }[] | undefined)?.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['A', 'MX', 'NS']));
  });

  test('an abort ends the batch soon, and what was finished is handed over once', async () => {
    const controller = new AbortController();
    const names = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0 ? `live-${index}.com` : `timeout-${index}.com`,
    );
    const persona = dnsPersonaSchema.parse({ resolvers: resolvers(), timeoutMs: 5_000 });
    const sink = new ResultList();
    const started = performance.now();
    setTimeout(() => controller.abort(), 700);
    for await (const _ of runPhase(names, persona, controller.signal, {}, sink));
    const seen = sink.taken.map(({ ordinal }) => ordinal);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(seen.sort((a, b) => a - b)).toEqual(names.flatMap((_, index) => (index % 2 === 0 ? [index] : [])));
  });

  test('a consumer that stops early leaves nothing under way', async () => {
    const names = Array.from({ length: 50 }, (_, index) =>
      index === 0 ? 'live-x.com' : `timeout-${index}.com`,
    );
    for await (const _ of runPhase(names, { ...quick(), timeoutMs: 30_000 })) break;
    const stats = dns.stats().filter(({ inUse }) => inUse > 0);
    expect(stats).toEqual([]);
  });

  test('a resolver that may not be used fails the phase, with no verdict', async () => {
    const run = verdictsOf(['live-a.com'], { ...quick(), resolvers: ['127.0.0.1:9'] });
    await expect(run).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'resolvers.0.address' });
  });

  test('a resolver that is not there gives no verdict against a domain', async () => {
    const port = createDnsPort({ guard: createGuard(), systemResolvers: ['127.0.0.1:9'] });
    const persona = dnsPersonaSchema.parse({ timeoutMs: 100, attempts: 2 });
    const answer = await port.resolver(persona).query('live-a.com', 'A', new AbortController().signal);
    expect(answer).toMatchObject({ rcode: 'TIMEOUT', attempts: 2 });
    await port.close();
  });
});
