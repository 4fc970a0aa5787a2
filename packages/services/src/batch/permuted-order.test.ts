import { type OrdinalOrder, ordinalsAt, permutationOf } from '@domainflow/domain/shaping/shaping-plan.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, names, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { commitChunk } from './commit-chunk.ts';
import { readItems } from './read-items.ts';
import { reapBatches } from './reap-batches.ts';
import {
  chunkOf,
  claimAll,
  cutAgain,
  expireLeases,
  type Judge,
  ledger,
  recount,
  runPhase,
  untilReapable,
  workOn,
} from './testing/simulated-worker.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  await untilReapable(fixture.sql);
});
afterAll(() => fixture.close());

const OK: Judge = () => ({ verdict: 'OK' });
const numerically = (a: number, b: number): number => a - b;
const all = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

async function started(n: number, batchSize: number, gone: readonly number[] = []): Promise<string> {
  const { campaignId } = await fixture.create({
    campaignType: 'dns',
    input: { source: 'list', domains: names(n) },
    phases: { dns: { shaping: { order: 'random' } } },
  });
  await fixture.sql`
    DELETE FROM domains WHERE campaign_id = ${campaignId} AND ordinal = ANY(${[...gone]}::bigint[])`;
  await fixture.owner.call(campaignOperations.start, { id: campaignId });
  await cutAgain(fixture, campaignId, 'dns', batchSize);
  return campaignId;
}

async function orderOf(campaignId: string): Promise<OrdinalOrder> {
  const [row] = await fixture.sql<{ order: OrdinalOrder }[]>`
    SELECT plan->'shaping'->'order' AS order FROM phase_runs WHERE campaign_id = ${campaignId} AND phase = 'dns'`;
  if (row === undefined) throw new Error('no plan');
  return row.order;
}

test('batches are ranges of positions that cover every ordinal once, with or without gaps', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat(89), { maxLength: 30 }),
      async (n, batchSize, holes) => {
        const gone = holes.filter((ordinal) => ordinal < n - 1);
        const campaignId = await started(n, batchSize, gone);
        const order = await orderOf(campaignId);
        expect(order.size).toBe(n);
        const wanted = all(n).filter((ordinal) => !gone.includes(ordinal));
        const batches = await ledger(fixture.sql, campaignId, 'dns');
        const covered = batches.flatMap(({ lo, hi, items }) => {
          const inside = ordinalsAt(order, lo, hi).filter((ordinal) => wanted.includes(ordinal));
          expect(inside).toHaveLength(items);
          expect(items).toBeLessThanOrEqual(batchSize);
          return inside;
        });
        expect(covered.toSorted(numerically)).toEqual(wanted);
        const read: number[] = [];
        for (const batch of await claimAll(fixture, campaignId, 'dns'))
          read.push(...[...(await readItems(fixture.sql, batch))].map(({ ordinal }) => ordinal));
        expect(read).toEqual(covered);
      },
    ),
    { numRuns: 20, seed: 20260103 },
  );
});

test('what was committed before a crash is not done again, and what is split is covered once', async () => {
  const campaignId = await started(60, 60);
  const [first] = await claimAll(fixture, campaignId, 'dns');
  if (first === undefined) throw new Error('no batch');
  const items = [...(await readItems(fixture.sql, first))];
  expect(items.map(({ ordinal }) => ordinal)).toEqual(ordinalsAt(await orderOf(campaignId), 0, 60));
  await commitChunk(fixture.sql, first, chunkOf(first, items.slice(0, 15), OK), false);
  for (const batches of [[first], null]) {
    await expireLeases(fixture.sql, batches ?? (await claimAll(fixture, campaignId, 'dns')));
    await reapBatches(fixture.deps);
  }
  const [parent, ...pieces] = await ledger(fixture.sql, campaignId, 'dns');
  expect(parent).toMatchObject({ status: 'split', processed: 15, crashes: 2 });
  expect(pieces.map(({ items: n }) => n)).toEqual(Array(15).fill(3));
  const worked = await runPhase(fixture, campaignId, 'dns');
  expect(worked.map(({ ordinal }) => ordinal)).toEqual(items.slice(15).map(({ ordinal }) => ordinal));
  expect(await fixture.view(campaignId)).toMatchObject({ status: 'completed', processedDomainsCount: 60 });
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 60 });
});

test('the domain that ends its workers is quarantined, and no other', async () => {
  const campaignId = await started(40, 40);
  const killer = 7;
  for (let round = 0; round < 12; round++) {
    const batches = await claimAll(fixture, campaignId, 'dns');
    const silent = [];
    for (const batch of batches) {
      const items = [...(await readItems(fixture.sql, batch))];
      if (items.some(({ ordinal }) => ordinal === killer)) silent.push(batch);
      else await workOn(fixture.sql, batch, OK);
    }
    if (silent.length === 0) break;
    await expireLeases(fixture.sql, silent);
    await reapBatches(fixture.deps);
  }
  await runPhase(fixture, campaignId, 'dns');
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 39, ERROR: 1 });
  const [quarantined] = await fixture.sql<{ ordinal: string }[]>`
    SELECT ordinal FROM results WHERE campaign_id = ${campaignId} AND phase = 'dns' AND verdict = 'ERROR'`;
  expect(Number(quarantined?.ordinal)).toBe(killer);
});

test('a retry works on its verdicts only, in a new order', async () => {
  const campaignId = await started(80, 30);
  await runPhase(fixture, campaignId, 'dns', ({ ordinal }) => ({
    verdict: ordinal % 3 === 0 ? 'TIMEOUT' : 'OK',
  }));
  const before = await orderOf(campaignId);
  await fixture.owner.call(campaignOperations.retry, { id: campaignId, scope: 'ambiguous' });
  const order = await orderOf(campaignId);
  expect(order.key).not.toBe(before.key);
  const worked = await runPhase(fixture, campaignId, 'dns');
  const { positionOf } = permutationOf(order);
  const wanted = all(80).filter((ordinal) => ordinal % 3 === 0);
  expect(worked.map(({ ordinal }) => ordinal)).toEqual(
    wanted.toSorted((a, b) => positionOf(a) - positionOf(b)),
  );
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 80 });
  expect((await fixture.view(campaignId)).phases[0]).toMatchObject({ total: 80, processed: 80 });
});

test('domains are looked up by their keys, however many there are', async () => {
  const campaignId = await started(3, 10);
  await fixture.sql`
    INSERT INTO domains (campaign_id, ordinal, name)
    SELECT ${campaignId}, n, 'more-' || n || '.com' FROM generate_series(3, 49999) AS n`;
  const order: OrdinalOrder = { size: 50_000, key: '00112233445566778899aabbccddeeff' };
  const [batch] = await claimAll(fixture, campaignId, 'dns');
  if (batch?.plan.shaping === undefined || batch.plan.shaping === null) throw new Error('no shaping');
  const read = async (lo: number, hi: number) => {
    const shaping = { ...batch.plan.shaping, order } as typeof batch.plan.shaping;
    return [...(await readItems(fixture.sql, { ...batch, lo, hi, plan: { ...batch.plan, shaping } }))];
  };
  const startMs = performance.now();
  const items = await read(10_000, 15_000);
  const elapsedMs = performance.now() - startMs;
  expect(items.map(({ ordinal }) => ordinal)).toEqual(ordinalsAt(order, 10_000, 15_000));
  // A scan for each of them would take minutes.
  expect(elapsedMs).toBeLessThan(3_000);
  expect(await read(0, 50_000)).toHaveLength(50_000);
});
