import { invalidInput } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failPhase } from '../campaigns/lifecycle/fail-phase.ts';
import { finishPhase } from '../campaigns/lifecycle/finish-phase.ts';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, names, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { commitChunk, LeaseLostError } from './commit-chunk.ts';
import { readItems } from './read-items.ts';
import { reapBatches } from './reap-batches.ts';
import { renewLeases } from './renew-leases.ts';
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

async function started(
  n: number,
  batchSize: number,
  type: { campaignType: string; phase: PhaseName } = { campaignType: 'dns', phase: 'dns' },
): Promise<string> {
  const { campaignId } = await fixture.create({
    campaignType: type.campaignType,
    input: { source: 'list', domains: names(n) },
  });
  await fixture.owner.call(campaignOperations.start, { id: campaignId });
  await cutAgain(fixture, campaignId, type.phase, batchSize);
  return campaignId;
}

/** Claims all batches and lets their workers fall silent. */
async function crash(campaignId: string, phase: PhaseName = 'dns'): Promise<ClaimedBatch[]> {
  const batches = await claimAll(fixture, campaignId, phase);
  await expireLeases(fixture.sql, batches);
  await reapBatches(fixture.deps);
  return batches;
}

test('a batch is taken from a silent worker, whose token is worth nothing then', async () => {
  const campaignId = await started(6, 3);
  const [silent, alive] = await claimAll(fixture, campaignId, 'dns');
  if (silent === undefined || alive === undefined) throw new Error('no batches');
  const items = [...(await readItems(fixture.sql, silent))];
  await commitChunk(fixture.sql, silent, chunkOf(silent, items.slice(0, 1), OK), false);
  expect(await reapBatches(fixture.deps)).toBe(0);
  await expireLeases(fixture.sql, [silent, alive]);
  // Who says in time that it is alive keeps its batch.
  expect(await renewLeases(fixture.sql, [alive])).toEqual([
    { campaignId, phase: 'dns', batchNo: alive.batchNo, token: alive.token, proceed: true },
  ]);
  expect(await reapBatches(fixture.deps)).toBe(1);
  expect(await ledger(fixture.sql, campaignId, 'dns')).toMatchObject([
    { status: 'pending', token: silent.token + 1, crashes: 1, processed: 1 },
    { status: 'leased', token: alive.token, crashes: 0 },
  ]);
  expect(await renewLeases(fixture.sql, [silent])).toEqual([]);
  await expect(commitChunk(fixture.sql, silent, chunkOf(silent, items, OK), true)).rejects.toThrow(
    LeaseLostError,
  );

  const [again] = await claimAll(fixture, campaignId, 'dns');
  if (again === undefined) throw new Error('not queued again');
  expect((await workOn(fixture.sql, again, OK)).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  await workOn(fixture.sql, alive, OK);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(true);
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 6 });
});

test('after two silent ends what is left is split, so that every domain is covered once', async () => {
  const campaignId = await started(60, 60);
  const [first] = await claimAll(fixture, campaignId, 'dns');
  if (first === undefined) throw new Error('no batch');
  const items = [...(await readItems(fixture.sql, first))];
  const done = items.filter(({ ordinal }) => ordinal % 4 === 1);
  await commitChunk(fixture.sql, first, chunkOf(first, done, OK), false);
  await expireLeases(fixture.sql, [first]);
  await reapBatches(fixture.deps);
  await crash(campaignId);
  const [parent, ...pieces] = await ledger(fixture.sql, campaignId, 'dns');
  expect(parent).toMatchObject({ status: 'split', processed: 15, crashes: 2 });
  expect(pieces.map(({ items: n }) => n)).toEqual(Array(15).fill(3));
  expect(pieces.every(({ crashes, status }) => crashes === 1 && status === 'pending')).toBe(true);
  expect((await fixture.view(campaignId)).phases[0]).toMatchObject({ total: 60, processed: 15 });

  const worked = await runPhase(fixture, campaignId, 'dns');
  const left = items.filter(({ ordinal }) => ordinal % 4 !== 1).map(({ ordinal }) => ordinal);
  expect(worked.map(({ ordinal }) => ordinal).sort((a, b) => a - b)).toEqual(left);
  expect(await fixture.view(campaignId)).toMatchObject({ status: 'completed', processedDomainsCount: 60 });
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 60 });
});

/** A worker that ends without a word as soon as it comes to `killer`, having committed what came before. */
async function workUntilCrash(
  campaignId: string,
  phase: PhaseName,
  killer: number,
  judge: Judge,
): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    const batches = await claimAll(fixture, campaignId, phase);
    if (batches.length === 0) return;
    const silent: ClaimedBatch[] = [];
    for (const batch of batches) {
      const items = [...(await readItems(fixture.sql, batch))];
      const at = items.findIndex(({ ordinal }) => ordinal === killer);
      if (at < 0) {
        await workOn(fixture.sql, batch, judge);
        continue;
      }
      if (at > 0) await commitChunk(fixture.sql, batch, chunkOf(batch, items.slice(0, at), judge), false);
      silent.push(batch);
    }
    await expireLeases(fixture.sql, silent);
    await reapBatches(fixture.deps);
  }
  throw new Error('still not quarantined');
}

test('a domain that ends its worker again and again is quarantined, and the others are done', async () => {
  const campaignId = await started(40, 20);
  await workUntilCrash(campaignId, 'dns', 27, OK);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(true);
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 39, ERROR: 1 });
  const domain = await fixture.owner.call<{ results: Record<string, unknown>[] }>(campaignOperations.domain, {
    id: campaignId,
    domain: 'site-27.com',
  });
  expect(domain.results).toMatchObject([
    { phase: 'dns', verdict: 'ERROR', status: 'error', run: 1, evidence: { error: 'QUARANTINED' } },
  ]);
  const done = await fixture.view(campaignId);
  expect(done).toMatchObject({ status: 'completed' });
  expect(done.phases[0]).toMatchObject({ total: 40, processed: 40, counts: { OK: 39, ERROR: 1 } });

  // Retried, it is tried again; and when it does it again, it is quarantined again.
  await fixture.owner.call(campaignOperations.retry, { id: campaignId, scope: 'failed' });
  await workUntilCrash(campaignId, 'dns', 27, OK);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(true);
  expect(await recount(fixture.sql, campaignId, 'dns')).toEqual({ OK: 39, ERROR: 1 });
  expect((await fixture.view(campaignId)).phases[0]).toMatchObject({
    run: 2,
    total: 40,
    processed: 40,
    counts: { OK: 39, ERROR: 1 },
  });
});

test('quarantine takes the domain that the batch was left with, not one that never came to the phase', async () => {
  const campaignId = await started(8, 8, { campaignType: 'pipeline', phase: 'dns' });
  await runPhase(fixture, campaignId, 'dns', ({ ordinal }) => ({
    verdict: ordinal % 2 === 0 ? 'OK' : 'NXDOMAIN',
  }));
  // Of 0, 2, 4 and 6, which http works on, 6 ends its worker; 1, 3 and 5 lie in the range of the batch.
  await workUntilCrash(campaignId, 'http', 6, OK);
  expect(await finishPhase(fixture.deps, campaignId, 'http')).toBe(true);
  const rows = await fixture.sql<{ ordinal: number; verdict: string }[]>`
    SELECT ordinal::int, verdict FROM results WHERE campaign_id = ${campaignId} AND phase = 'http' ORDER BY ordinal`;
  expect(rows.map(({ ordinal, verdict }) => [ordinal, verdict])).toEqual([
    [0, 'OK'],
    [2, 'OK'],
    [4, 'OK'],
    [6, 'ERROR'],
  ]);
  expect((await fixture.view(campaignId)).phases[1]).toMatchObject({ total: 4, processed: 4 });
});

test('many reapers at once take each batch once', async () => {
  const campaignId = await started(18, 6);
  await crash(campaignId);
  const batches = await claimAll(fixture, campaignId, 'dns');
  await expireLeases(fixture.sql, batches);
  const reaped = await Promise.all(Array.from({ length: 6 }, () => reapBatches(fixture.deps)));
  expect(reaped.reduce((sum, n) => sum + n, 0)).toBe(3);
  const rows = await ledger(fixture.sql, campaignId, 'dns');
  expect(rows.filter(({ status }) => status === 'split')).toHaveLength(3);
  expect(rows.filter(({ status }) => status === 'pending')).toHaveLength(18);
  const worked = await runPhase(fixture, campaignId, 'dns');
  expect(new Set(worked.map(({ ordinal }) => ordinal)).size).toBe(18);
  expect(worked).toHaveLength(18);
});

test('what nobody is to work on any more is taken back without a job or a split', async () => {
  const failed = await started(20, 20);
  await crash(failed);
  const batches = await claimAll(fixture, failed, 'dns');
  await failPhase(fixture.deps, failed, 'dns', invalidInput('No.', null));
  await expireLeases(fixture.sql, batches);
  expect(await reapBatches(fixture.deps)).toBe(1);
  expect(await ledger(fixture.sql, failed, 'dns')).toMatchObject([{ status: 'pending', crashes: 2 }]);
  const [jobs] = await fixture.sql`
    SELECT count(*)::int AS n FROM pgboss.job
    WHERE data->>'campaignId' = ${failed} AND state IN ('created', 'retry', 'active')`;
  expect(jobs).toEqual({ n: 0 });
  await fixture.owner.call(campaignOperations.retry, { id: failed });
  expect(await runPhase(fixture, failed, 'dns')).toHaveLength(20);
  expect(await fixture.view(failed)).toMatchObject({ status: 'completed', processedDomainsCount: 20 });
});
