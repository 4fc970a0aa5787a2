import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ShapingPlan } from './shaping-plan.ts';
import { resolveShaping } from './shaping-schema.ts';
import { TrafficMeter } from './traffic-meter.ts';
import { trafficReport, trafficReportSchema } from './traffic-report.ts';
import { correlationSentence, formatCorrelation } from './traffic-sentences.ts';

const noWaits = { waitedMs: 0, waitingUntil: null };

function plan(size: number, config: Parameters<typeof resolveShaping>[0]): ShapingPlan {
  const values = resolveShaping(config, null);
  if (values === null) throw new Error('off');
  return { values, size, order: null, startedAtMs: 0, personas: [] };
}

function merge(parts: readonly Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const part of parts) for (const [name, n] of Object.entries(part)) sums[name] = (sums[name] ?? 0) + n;
  return sums;
}

test('order, gaps and runs are those of what was sent', () => {
  const size = 20_000;
  const meter = new TrafficMeter(size);
  for (let n = 0; n < size; n++) {
    meter.sent(n * 5, { registrableDomain: `d${Math.floor(n / 3)}`, nameServer: n < 100 ? 'com' : `s${n}` });
    meter.began(n, n * 5);
  }
  const report = trafficReport('dns', plan(size, { order: 'sequential' }), meter.take(true), noWaits);
  expect(trafficReportSchema.parse(report)).toEqual(report);
  expect(report.order.correlation).toBeGreaterThan(0.95);
  expect(report.order.sentence).toContain('follows the order of domains');
  expect(report.interArrival).toMatchObject({ count: size - 1, meanMs: 5, variation: 0 });
  expect(report.interArrival.buckets).toEqual([{ fromMs: 4, toMs: 8, count: size - 1 }]);
  expect(report.longestRuns).toMatchObject([
    { target: 'nameServer', length: 64, isLeast: true },
    { target: 'registrableDomain', length: 3, isLeast: false },
  ]);
});

test('sums taken in parts, in any split, are the sums of the whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(999), fc.integer({ min: 0, max: 100_000 }), fc.constantFrom('a', 'b')), {
        minLength: 1,
        maxLength: 80,
      }),
      fc.array(fc.nat(80), { maxLength: 10 }),
      (starts, cuts) => {
        const whole = new TrafficMeter(1_000);
        const parted = new TrafficMeter(1_000);
        const parts: Record<string, number>[] = [];
        let nowMs = 0;
        for (const [index, [ordinal, gapMs, domain]] of starts.entries()) {
          nowMs += gapMs;
          for (const meter of [whole, parted]) {
            meter.sent(nowMs, { registrableDomain: domain });
            meter.began(ordinal, nowMs);
          }
          if (cuts.includes(index)) parts.push(parted.take(false));
        }
        parts.push(parted.take(true));
        expect(merge(parts)).toEqual(whole.take(true));
        for (const part of parts)
          for (const n of Object.values(part)) expect(Number.isSafeInteger(n)).toBe(true);
      },
    ),
  );
});

test('sums of ten million domains over a month stay exact in whole numbers of 64 bits', () => {
  const size = 10_000_000;
  const meter = new TrafficMeter(size);
  const monthMs = 31 * 86_400_000;
  for (let n = 0; n < 5_000; n++) meter.began(size - 1, monthMs);
  const sums = meter.take(true);
  for (const n of Object.values(sums)) {
    expect(Number.isSafeInteger(n)).toBe(true);
    expect(BigInt(n) * 2_000n).toBeLessThan(2n ** 63n);
  }
});

test('long runs are told as at least so long', () => {
  const meter = new TrafficMeter(1);
  for (let n = 0; n < 100; n++) meter.sent(n, { address: '192.0.2.1' });
  const report = trafficReport('http', plan(1, {}), meter.take(true), noWaits);
  expect(report.longestRuns[0]).toMatchObject({ target: 'address', length: 64, isLeast: true });
  expect(report.longestRuns[0]?.sentence).toBe('The longest run on one address was 64 starts or more long.');
});

test('a phase that has sent nothing is told in words too', () => {
  const shaped = plan(100, {
    preset: 'discreet',
    quietHours: { timeZone: 'Europe/Berlin', from: '22:00', to: '06:00', days: ['mon'] },
  });
  const report = trafficReport(
    'http',
    shaped,
    {},
    { waitedMs: 5_400_000, waitingUntil: '2026-01-10T05:00:00.000Z' },
  );
  expect(report.order.correlation).toBeNull();
  expect(report.quietHours.sentence).toBe(
    'Quiet hours are from 22:00 to 06:00 (Europe/Berlin); the phase waits until 2026-01-10 05:00 UTC; it has waited 1.5 h for them to end.',
  );
  expect(report.caps.map(({ sentence }) => sentence)).toEqual([
    'The cap for each address is 0.5 a second and 1 at once; it never held anything up.',
    'The cap for each registrable domain is 1 a second and 1 at once; it never held anything up.',
  ]);
});

test('what few domains show by chance is no order', () => {
  const sentence = (correlation: number, domains: number) =>
    correlationSentence('random', correlation, domains);
  expect(sentence(0.15, 300)).toContain('cannot be seen');
  expect(sentence(-0.2, 300)).toContain('shows something');
  expect(sentence(0.12, 100_000)).toContain('shows something');
  expect(sentence(0.6, 12)).toContain('shows something');
});

test('a correlation of zero has no sign', () => {
  expect([-0.004, 0.004, -0.006, 0.987].map(formatCorrelation)).toEqual(['0.00', '0.00', '-0.01', '0.99']);
});
