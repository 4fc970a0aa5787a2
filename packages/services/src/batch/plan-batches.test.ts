import { type PhaseName } from '@domainflow/domain/phases/phase.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignFixture, names, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { type PlannedRun, planBatches } from './plan-batches.ts';
import { ledger } from './testing/simulated-worker.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const SIZE = 60;

interface Situation {
  /** Which ordinals exist: a pattern leaves gaps. */
  readonly present: readonly boolean[];
  /** Verdict of the required phase and of the planned one; null where there is no result. */
  readonly required: readonly (string | null)[];
  readonly own: readonly (string | null)[];
  readonly batchSize: number;
  readonly retry: readonly string[] | null;
  readonly withRequired: boolean;
  readonly range: readonly [number, number] | null;
}

const each = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: SIZE, maxLength: SIZE });
const situations: fc.Arbitrary<Situation> = fc.record({
  present: each(fc.boolean()),
  required: each(fc.constantFrom('OK', 'NXDOMAIN', null)),
  own: fc.oneof(each(fc.constantFrom('OK', 'TIMEOUT', 'ERROR', null, null)), each(fc.constant(null))),
  batchSize: fc.integer({ min: 1, max: SIZE + 5 }),
  retry: fc.constantFrom(null, ['TIMEOUT'], ['TIMEOUT', 'ERROR']),
  withRequired: fc.boolean(),
  range: fc.option(
    fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  ),
});

const admits = ({ withRequired, required }: Situation, ordinal: number): boolean =>
  !withRequired || required[ordinal] === 'OK';

/** The rule in its plainest form: the ordinals that a run of http over this situation works on. */
function expected(situation: Situation): number[] {
  const { present, own, retry, range } = situation;
  return present.flatMap((isThere, ordinal) => {
    if (!isThere) return [];
    if (range !== null && (ordinal < range[0] || ordinal >= range[1])) return [];
    if (!admits(situation, ordinal)) return [];
    const verdict = own[ordinal] ?? null;
    return verdict === null || (retry?.includes(verdict) ?? false) ? [ordinal] : [];
  });
}

async function setUp(situation: Situation): Promise<string> {
  const { sql } = fixture;
  const { campaignId } = await fixture.create({
    campaignType: situation.withRequired ? 'pipeline' : 'http',
    input: { source: 'list', domains: names(SIZE) },
  });
  const gone = situation.present.flatMap((isThere, ordinal) => (isThere ? [] : [ordinal]));
  await sql`DELETE FROM domains WHERE campaign_id = ${campaignId} AND ordinal = ANY(${gone}::bigint[])`;
  const insert = async (phase: PhaseName, verdicts: readonly (string | null)[]) => {
    const rows = verdicts.flatMap((verdict, ordinal) =>
      verdict !== null && situation.present[ordinal] === true ? [{ ordinal, verdict }] : [],
    );
    await sql`
      INSERT INTO results (campaign_id, phase, ordinal, run, verdict, evidence)
      SELECT ${campaignId}, ${phase}, o, 1, v, '{}'
      FROM unnest(${rows.map((row) => row.ordinal)}::bigint[], ${rows.map((row) => row.verdict)}::text[]) AS given (o, v)`;
  };
  if (situation.withRequired) await insert('dns', situation.required);
  // A phase has results only of what was let in.
  await insert(
    'http',
    situation.own.map((verdict, ordinal) => (admits(situation, ordinal) ? verdict : null)),
  );
  return campaignId;
}

/** The eligible ordinals of each batch's range must be its items, and the ranges must not overlap. */
async function checkCover(campaignId: string, wanted: readonly number[], batchSize: number) {
  const batches = await ledger(fixture.sql, campaignId, 'http');
  const covered = batches.flatMap(({ lo, hi, items }) => {
    const inside = wanted.filter((ordinal) => ordinal >= lo && ordinal < hi);
    expect(inside).toHaveLength(items);
    expect([inside[0], inside.at(-1)]).toEqual([lo, hi - 1]);
    return inside;
  });
  expect(covered).toEqual(wanted);
  expect(batches.map(({ batchNo }) => batchNo)).toEqual(batches.map((_, index) => index));
  expect(batches.map(({ items }) => items)).toEqual(
    Array.from({ length: Math.ceil(wanted.length / batchSize) }, (_, index) =>
      Math.min(batchSize, wanted.length - index * batchSize),
    ),
  );
  return batches.length;
}

test('a plan covers every eligible ordinal exactly once, whatever has results already', async () => {
  await fc.assert(
    fc.asyncProperty(situations, async (situation) => {
      const campaignId = await setUp(situation);
      const wanted = expected(situation);
      // The first run begins without results.
      const isFirst = situation.retry === null && situation.own.every((verdict) => verdict === null);
      const run = isFirst ? 1 : 2;
      let planned: PlannedRun | null = null;
      await fixture.db.transaction(async (tx) => {
        planned = await planBatches(tx, fixture.queue, {
          campaignId,
          phase: 'http',
          run,
          retryVerdicts: situation.retry,
          range: situation.range === null ? null : { lo: situation.range[0], hi: situation.range[1] },
          batchSize: situation.batchSize,
          crashes: 0,
        });
      });
      const batches = await checkCover(campaignId, wanted, situation.batchSize);
      expect(planned).toEqual({
        batches,
        items: wanted.length,
        again: wanted.filter((ordinal) => situation.own[ordinal] !== null).length,
      });
      // A job for each batch, and no other.
      const jobs = await fixture.sql<{ n: number }[]>`
        SELECT (data->>'batchNo')::int AS n FROM pgboss.job WHERE data->>'campaignId' = ${campaignId} ORDER BY n`;
      expect(jobs.map(({ n }) => n)).toEqual(Array.from({ length: batches }, (_, index) => index));
    }),
    { numRuns: 25, seed: 20260101 },
  );
});

test('generation is cut by arithmetic', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_000),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 600 }),
      async (lo, length, batchSize) => {
        const { campaignId } = await fixture.create();
        const planned = await fixture.db.transaction((tx) =>
          planBatches(tx, fixture.queue, {
            campaignId,
            phase: 'generation',
            run: 1,
            retryVerdicts: null,
            range: { lo, hi: lo + length },
            batchSize,
            crashes: 0,
          }),
        );
        const batches = await ledger(fixture.sql, campaignId, 'generation');
        expect(planned).toEqual({ batches: batches.length, items: length, again: 0 });
        expect(batches).toHaveLength(Math.ceil(length / batchSize));
        let next = lo;
        for (const batch of batches) {
          expect(batch.lo).toBe(next);
          expect(batch.items).toBe(batch.hi - batch.lo);
          expect(batch.items).toBeLessThanOrEqual(batchSize);
          next = batch.hi;
        }
        expect(next).toBe(lo + length);
      },
    ),
    { numRuns: 10, seed: 20260102 },
  );
});

test('jobs and ledger are gone when the transaction does not commit', async () => {
  const { campaignId } = await fixture.create();
  await expect(
    fixture.db.transaction(async (tx) => {
      await planBatches(tx, fixture.queue, {
        campaignId,
        phase: 'dns',
        run: 1,
        retryVerdicts: null,
        range: null,
        batchSize: 2,
        crashes: 0,
      });
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  expect(await ledger(fixture.sql, campaignId, 'dns')).toEqual([]);
  const [jobs] = await fixture.sql`
    SELECT count(*)::int AS n FROM pgboss.job WHERE data->>'campaignId' = ${campaignId}`;
  expect(jobs).toEqual({ n: 0 });
});
