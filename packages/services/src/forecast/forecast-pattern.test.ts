import type { SkipReason } from '@domainflow/domain/generation/candidate.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import {
  type CampaignFixture,
  contents,
  expectRefusal,
  MISSING_ID,
  openCampaignFixture,
  shopPattern,
} from '../campaigns/testing/campaign-fixture.ts';
import { personaOperations } from '../personas/operations.ts';
import type { SampledYield } from './sample-yield.ts';

interface Span {
  readonly least: number;
  readonly most: number;
  readonly expected: number | null;
}
interface Forecast {
  readonly offsets: number;
  readonly names: number;
  readonly skipped: Partial<Record<SkipReason, number>>;
  readonly namesAreExact: boolean;
  readonly sample: { offset: string; name: string | null; skipped: string | null }[];
  readonly dns: { queries: Span; queriesPerSecond: number; limitedBy: string; hours: Span } | null;
  readonly http: unknown;
  readonly diskBytes: Span;
  readonly sampledYield: SampledYield | null;
}

let fixture: CampaignFixture;
let lab: Lab;
beforeAll(async () => {
  [fixture, lab] = await Promise.all([openCampaignFixture(), startLab({ seed: 'forecast' })]);
});
afterAll(async () => {
  await fixture.close();
  await lab.close();
});

const forecast = (pattern: unknown, more: Record<string, unknown> = {}): Promise<Forecast> =>
  fixture.owner.call<Forecast>(campaignOperations.forecast, { pattern, ...more });

async function persona(name: string, config: Record<string, unknown>): Promise<string> {
  const { personaId } = await fixture.admin.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name,
    config,
  });
  return personaId;
}

test('a forecast counts names exactly where it can, and says what would be skipped', async () => {
  const before = await contents(fixture.sql);
  const small = await forecast(shopPattern({ charSet: 'ab-', startOffset: '2' }));
  expect(small).toMatchObject({
    size: '18',
    startOffset: '2',
    endOffset: '18',
    offsets: 16,
    names: 12,
    skipped: { HYPHEN_EDGE: 4 },
    namesAreExact: true,
    workers: 0,
    sampledYield: null,
  });
  expect(small.sample.map(({ offset }) => offset)).toEqual(
    Array.from({ length: 16 }, (_, i) => String(i + 2)),
  );
  const large = await forecast(
    shopPattern({
      charSet: 'abcdefghijklmnopqrs-',
      prefixVariableLength: 9,
      targetDomainsToGenerate: 5_000_000,
    }),
    { samples: 50 },
  );
  expect(large).toMatchObject({ offsets: 5_000_000, namesAreExact: false, size: String(20n ** 9n * 2n) });
  expect(large.sample).toHaveLength(50);
  expect(large.names + Object.values(large.skipped).reduce((sum, n) => sum + n, 0)).toBe(5_000_000);
  // Nothing is reserved, nothing is written.
  expect(await contents(fixture.sql)).toEqual(before);
});

test('queries and hours follow from record types and from the limits of the persona', async () => {
  const dnsPersonaId = await persona('Limited', {
    resolvers: ['192.0.2.1', { address: '192.0.2.2', queriesPerSecond: 40 }],
    queriesPerSecond: 60,
    recordTypes: ['A', 'AAAA', 'MX'],
  });
  const pattern = shopPattern({ charSet: 'abcdefghij', prefixVariableLength: 3, tlds: ['com'] });
  const { dns, names, diskBytes } = await forecast(pattern, { dnsPersonaId });
  expect(names).toBe(1_000);
  expect(dns).toMatchObject({
    personaName: 'Limited',
    queries: { least: 1_000, most: 3_000, expected: null },
    queriesPerSecond: 100,
    limitedBy: 'persona',
    hours: { least: 0.002778, most: 0.008333, expected: null },
  });
  expect(diskBytes.least).toBeLessThan(diskBytes.most);
  // Five starts a second whatever the persona allows; then 20 a second at each of two resolvers.
  const jitter = { distribution: 'exponential', meanMs: 200 };
  expect(
    await forecast(pattern, { dnsPersonaId, dnsShaping: { jitter }, httpShaping: { jitter } }),
  ).toMatchObject({
    dns: { queriesPerSecond: 5, limitedBy: 'shaping', hours: { least: 0.05556 } },
    http: { visitsPerSecond: 5 },
  });
  const caps = { resolver: { perSecond: 20 } };
  expect(await forecast(pattern, { dnsPersonaId, dnsShaping: { caps } })).toMatchObject({
    dns: { queriesPerSecond: 40, limitedBy: 'shaping' },
  });
  expect(await forecast(pattern, { dnsPersonaId, dnsShaping: { preset: 'off' } })).toMatchObject({
    dns: { queriesPerSecond: 100, limitedBy: 'persona' },
  });
  expect(await forecast(pattern)).toMatchObject({
    dns: { personaName: 'System resolvers', limitedBy: 'engine' },
  });
  expect(await forecast(pattern, { campaignType: 'generation' })).toMatchObject({ dns: null, http: null });
});

test('a sample is really resolved, and its interval holds the truth', async () => {
  const dnsPersonaId = await persona('Lab', {
    resolvers: [`${lab.dns.host}:${lab.dns.port}`],
    timeoutMs: 500,
    attempts: 2,
  });
  const pattern = shopPattern({ charSet: 'abcdefghijklmnop', prefixVariableLength: 3, tlds: ['com', 'de'] });
  const found = await forecast(pattern, { dnsPersonaId, sampleYield: 400 });
  const sampled = found.sampledYield;
  if (sampled === null || sampled.yield === null || sampled.liveNames === null) throw new Error('no yield');
  expect(sampled.sampled).toBe(400);
  expect(Object.values(sampled.byVerdict).reduce((sum, n) => sum + n, 0)).toBe(400);
  expect(sampled.yield.share).toBeCloseTo(sampled.live / (400 - sampled.undecided), 10);
  for (const name of sampled.examples) expect(lab.truth(name).dns.verdict).not.toBe('NXDOMAIN');
  const { low, high, expected } = sampled.liveNames;
  expect(low).toBeLessThan(expected);
  expect(high).toBeGreaterThan(expected);
  expect(found.dns?.queries.expected).toBe(found.names + expected);
  // All names of the space, as the lab knows them; the interval is widened, so that no run fails by chance.
  let live = 0;
  const letters = [...'abcdefghijklmnop'];
  for (const a of letters)
    for (const b of letters)
      for (const c of letters)
        for (const tld of ['com', 'de'])
          if (['OK', 'WILDCARD'].includes(lab.truth(`${a}${b}${c}shop.${tld}`).dns.verdict)) live++;
  const margin = high - low;
  expect(live).toBeGreaterThan(low - margin);
  expect(live).toBeLessThan(high + margin);
  const [audit] = await fixture.sql`SELECT details FROM audit_logs WHERE action = 'campaigns.forecast'`;
  expect(audit?.details).toMatchObject({ dnsPersonaId, sampled: 400 });
}, 30_000);

test('what cannot be forecast is refused with its field', async () => {
  const used = shopPattern({ constantPart: 'used', resumeFlag: true });
  await fixture.owner.call(campaignOperations.patternOffset, { pattern: used, offset: '18' });
  for (const [pattern, more, field] of [
    [shopPattern({ startOffset: '18' }), {}, 'pattern.startOffset'],
    [used, {}, 'pattern.resumeFlag'],
    [shopPattern({ charSet: ' ' }), {}, 'pattern.charSet'],
    [shopPattern(), { dnsPersonaId: MISSING_ID }, 'dnsPersonaId'],
    [shopPattern(), { httpPersonaId: MISSING_ID }, 'httpPersonaId'],
    [shopPattern(), { sampleYield: 501 }, 'sampleYield'],
    [shopPattern({ charSet: 'abcdefghij', prefixVariableLength: 20 }), {}, 'pattern.targetDomainsToGenerate'],
  ] as const) {
    await expectRefusal(fixture, () => forecast(pattern, more), { code: 'INVALID_INPUT', field });
  }
});
