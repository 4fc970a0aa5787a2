import { expect, it } from 'vitest';
import { metricLines } from './phase-metrics.ts';

const of = (metrics: Record<string, number>): Record<string, string> =>
  Object.fromEntries(metricLines('dns', metrics).map(({ term, sentence }) => [term, sentence]));

it('sums canaries over resolvers whose names hold dots and colons', () => {
  const clean = {
    'canary.127.0.0.1:53.positiveAsked': 6,
    'canary.127.0.0.1:53.absentAsked': 74,
    'canary.https://dns.example/dns-query.absentAsked': 20,
  };
  expect(of(clean).Accuracy).toBe('100 names with known answers asked, none answered wrongly.');
  expect(
    of({ ...clean, 'canary.127.0.0.1:53.falsePositive': 5, 'canary.unanswered.absentUndecided': 1 }).Accuracy,
  ).toBe(
    '100 names with known answers asked, 5 answered wrongly (5%): 0 of 6 that exist denied, 5 of 94 that cannot exist found. The wrong answers came from 127.0.0.1:53 (5). 1 was not answered.',
  );
});

it('names resolvers that were found out, and counts what came on top', () => {
  const lines = of({
    'lying.192.0.2.1:53': 1,
    'wildcard.names': 12,
    'wildcard.probes': 40,
    'registration.queries': 34,
    'recheck.asked': 9,
    'recheck.changed': 2,
    'registration.unheard': 3,
    'traffic.queries': 5_000,
  });
  expect(lines.Registries).toContain('Of 3 domains the registry could not be asked over RDAP');
  expect(lines.Lying).toContain('192.0.2.1:53 gave addresses');
  expect(lines.Wildcards).toContain('12 names were');
  expect(lines['Second opinions']).toBe('9 asked, 2 changed the verdict.');
  expect(lines['Extra queries']).toContain('83 besides');
  expect(JSON.stringify(lines)).not.toContain('5,000');
});

it('is silent where nothing was measured', () => {
  expect(metricLines('dns', {})).toEqual([]);
  expect(metricLines('http', { 'wildcard.names': 1 })).toEqual([]);
});
