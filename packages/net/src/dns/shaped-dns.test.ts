import type { Clock } from '@domainflow/domain/clock.ts';
import type { DnsAnswer, DnsPort, DnsQuestion } from '@domainflow/domain/dns/dns-port.ts';
import { type DnsPersona, dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { shapeDns } from '@domainflow/domain/shaping/shape-dns.ts';
import { resolveShaping, shapingSchema } from '@domainflow/domain/shaping/shaping-schema.ts';
import { TrafficControl } from '@domainflow/domain/shaping/traffic-control.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProcessClock } from '../clock/process-clock.ts';
import { createGuard } from '../guard/guard.ts';
import { type ClosableDnsPort, createDnsPort } from './dns-port.ts';

const clock: Clock = createProcessClock();
let labs: Lab[];
let port: ClosableDnsPort;
let persona: DnsPersona;
beforeAll(async () => {
  labs = [
    await startLab({ seed: 'shaped', countNames: true }),
    await startLab({ seed: 'shaped', countNames: true }),
  ];
  port = createDnsPort({ guard: createGuard({ allow: ['127.0.0.0/8'], lab: null }), systemResolvers: [] });
  persona = dnsPersonaSchema.parse({
    resolvers: labs.map(({ dns }) => `${dns.host}:${dns.port}`),
    timeoutMs: 1_000,
    attempts: 2,
  });
});
afterAll(async () => {
  await port.close();
  await Promise.all(labs.map((lab) => lab.close()));
});

function shaped(config: unknown, size: number) {
  const values = resolveShaping(shapingSchema.parse(config), null);
  if (values === null) throw new Error('off');
  const plan = { values, size, order: null, startedAtMs: Date.now(), personas: [] };
  const tools = { clock, random: Math.random, wallMs: () => Date.now(), workers: () => 1 };
  const control = new TrafficControl(plan, tools);
  control.go();
  return { control, port: shapeDns(port, persona, control) };
}

interface Pair extends DnsQuestion {
  readonly ordinal: number;
  type: 'A' | 'AAAA';
}

/** Asks for A, then AAAA of each name; gives the answers by ordinal, and how many were under way at most. */
async function askAll(through: DnsPort, names: readonly string[], signal: AbortSignal) {
  const answers: DnsAnswer[][] = names.map(() => []);
  const again: Pair[] = [];
  let next = 0;
  let underWay = 0;
  let most = 0;
  await through.resolver(persona).run<Pair>(
    {
      next() {
        const question =
          again.pop() ??
          (next < names.length ? { ordinal: next, name: names[next++] ?? '', type: 'A' as const } : null);
        if (question !== null) most = Math.max(most, ++underWay);
        return question;
      },
      answered(question, answer) {
        underWay -= 1;
        answers[question.ordinal]?.push(answer);
        if (question.type === 'A') again.push({ ...question, type: 'AAAA' });
      },
    },
    signal,
  );
  return { answers, most, asked: next };
}

const never = new AbortController().signal;
const names = Array.from(
  { length: 250 },
  (_, n) => `${['live', 'absent', 'nodata', 'cname', 'truncated'][n % 5]}-${n}.${['com', 'de', 'fr'][n % 3]}`,
);

describe.each([
  ['nothing but the order', { order: 'random' }],
  ['a rhythm', { jitter: { distribution: 'normal', meanMs: 0.5 } }],
  ['resolvers in turn', { rotation: { resolvers: true } }],
  [
    'caps',
    { caps: { nameServer: { perSecond: 400 }, registrableDomain: { perSecond: 20, concurrency: 1 } } },
  ],
  [
    'all of it',
    {
      order: 'random',
      jitter: { distribution: 'exponential', meanMs: 1 },
      rotation: { resolvers: true, every: 'slice', sliceMs: 100 },
      caps: { nameServer: { concurrency: 20 }, resolver: { perSecond: 2_000, concurrency: 30 } },
    },
  ],
] as const)('with %s', (_, config) => {
  test('every question is answered as it would be without', async () => {
    const { port: through } = shaped(config, names.length);
    const { answers } = await askAll(through, names, never);
    const plain = await askAll(port, names, never);
    const told = (each: readonly DnsAnswer[][]) =>
      each.map((ofName) =>
        ofName.map(({ rcode, records }) => [rcode, records.map(({ data }) => data).sort()]),
      );
    expect(told(answers)).toEqual(told(plain.answers));
  }, 20_000);
});

test('resolvers take turns by domain: one domain keeps its own', async () => {
  for (const lab of labs) lab.resetCounts();
  const { port: through } = shaped({ rotation: { resolvers: true } }, 200);
  const live = Array.from({ length: 100 }, (_, n) => `live-${n}.com`);
  const { answers } = await askAll(through, live, never);
  const first = `${labs[0]?.dns.host}:${labs[0]?.dns.port}`;
  const byFirst = answers.filter((ofName) => ofName.every(({ resolver }) => resolver === first)).length;
  const mixed = answers.filter((ofName) => new Set(ofName.map(({ resolver }) => resolver)).size > 1).length;
  expect(mixed).toBe(0);
  expect(byFirst).toBeGreaterThan(30);
  expect(byFirst).toBeLessThan(70);
});

test('on abort nothing more is asked, and the run ends', async () => {
  const { port: through } = shaped({ jitter: { distribution: 'uniform', meanMs: 20 } }, 1_000);
  for (const lab of labs) lab.resetCounts();
  const stop = new AbortController();
  const run = askAll(through, names, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 300));
  stop.abort();
  const { asked } = await run;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const sent = labs.reduce((sum, lab) => sum + lab.queries().dns.total, 0);
  expect(asked).toBeLessThan(40);
  expect(sent).toBeGreaterThan(3);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(labs.reduce((sum, lab) => sum + lab.queries().dns.total, 0)).toBe(sent);
});

test('single questions keep the rhythm too', async () => {
  const { port: through } = shaped({ jitter: { distribution: 'uniform', meanMs: 40, spread: 0 } }, 10);
  const startMs = performance.now();
  const asked = Array.from({ length: 6 }, (_, n) =>
    through.resolver(persona).query(`live-${n}.com`, 'A', never),
  );
  expect((await Promise.all(asked)).map(({ rcode }) => rcode)).toEqual(Array(6).fill('NOERROR'));
  expect(performance.now() - startMs).toBeGreaterThan(180);
});

test('questions that wait are let go when the work stops, and none is sent after that', async () => {
  const values = resolveShaping(
    shapingSchema.parse({ jitter: { distribution: 'uniform', meanMs: 60_000 } }),
    null,
  );
  if (values === null) throw new Error('off');
  const plan = { values, size: 1, order: null, startedAtMs: 0, personas: [] };
  const control = new TrafficControl(plan, {
    clock,
    random: Math.random,
    wallMs: Date.now,
    workers: () => 1,
  });
  const stop = control.go();
  const resolver = shapeDns(port, persona, control).resolver(persona);
  const asked = ['live-1.com', 'live-2.com'].map((name) => resolver.query(name, 'A', never));
  expect((await asked[0])?.rcode).toBe('NOERROR');
  stop();
  expect(await asked[1]).toMatchObject({ rcode: 'TIMEOUT', resolver: null });
  expect(await resolver.query('live-3.com', 'A', never)).toMatchObject({ rcode: 'TIMEOUT', resolver: null });
});
