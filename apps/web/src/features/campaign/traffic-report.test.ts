import { PRESET_VALUES } from '@domainflow/domain/shaping/shaping-schema.ts';
import { trafficReport } from '@domainflow/domain/shaping/traffic-report.ts';
import { describe, expect, it } from 'vitest';
import { formatGap, withEmptyBuckets } from './gap-buckets.ts';
import { trafficRows } from './traffic-rows.ts';

describe('buckets of gaps', () => {
  it('are shown without holes, so that their distances are those of time', () => {
    const bucket = (fromMs: number, count: number) => ({ fromMs, toMs: fromMs * 2, count });
    expect(withEmptyBuckets([bucket(1, 5), bucket(8, 2)])).toEqual([
      bucket(1, 5),
      bucket(2, 0),
      bucket(4, 0),
      bucket(8, 2),
    ]);
    const first = { fromMs: 0, toMs: 0.0625, count: 1 };
    expect(withEmptyBuckets([first, bucket(0.25, 1)])).toEqual([
      first,
      bucket(0.0625, 0),
      bucket(0.125, 0),
      bucket(0.25, 1),
    ]);
    expect(withEmptyBuckets([])).toEqual([]);
  });

  it('are named shortly', () => {
    expect([0, 0.0625, 8, 128, 2_048, 65_536].map(formatGap)).toEqual([
      '0 ms',
      '0.06 ms',
      '8 ms',
      '128 ms',
      '2 s',
      '1.1 min',
    ]);
  });
});

describe('rows of the report', () => {
  const plan = { values: PRESET_VALUES.discreet } as Parameters<typeof trafficReport>[1];
  const noWaits = { waitedMs: 0, waitingUntil: null };

  it('stand for what was configured, before anything is measured', () => {
    const rows = trafficRows(trafficReport('http', plan, {}, noWaits));
    expect(rows.map(({ key, configured, measured }) => [key, configured, measured])).toEqual([
      ['order', 'random', '–'],
      ['gaps', 'exponential, mean 200 ms, variation 1', '–'],
      ['cap-address', '0.5 a second, 1 at once', 'nothing held up'],
      ['cap-registrableDomain', '1 a second, 1 at once', 'nothing held up'],
      ['run-address', '–', '–'],
      ['run-registrableDomain', '–', '–'],
      ['quiet', 'none', '–'],
    ]);
  });

  it('stand for what was measured', () => {
    const sums = { 'traffic.wait.resolver.n': 20, 'traffic.wait.resolver.ms': 90_000 };
    const rows = trafficRows(trafficReport('dns', plan, sums, { ...noWaits, waitedMs: 3_600_000 }));
    expect(rows.find((row) => row.key === 'cap-resolver')?.measured).toBe('20 held up, 1 min 30 s in all');
    expect(rows.find((row) => row.key === 'quiet')?.measured).toBe('waited 1 h');
  });
});
