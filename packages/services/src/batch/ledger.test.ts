import { invalidInput } from '@domainflow/domain/errors.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failPhase } from '../campaigns/lifecycle/fail-phase.ts';
import { finishPhase } from '../campaigns/lifecycle/finish-phase.ts';
import { campaignOperations } from '../campaigns/operations.ts';
import type { CampaignView } from '../campaigns/reading/read-campaign.ts';
import {
  type CampaignFixture,
  contents,
  names,
  openCampaignFixture,
} from '../campaigns/testing/campaign-fixture.ts';
import { type ClaimedBatch, claimBatch } from './claim-batch.ts';
import { commitChunk, LeaseLostError } from './commit-chunk.ts';
import { readItems } from './read-items.ts';
import { releaseBatch } from './release-batch.ts';
import { renewLeases } from './renew-leases.ts';
import { ResultRows } from './result-rows.ts';
import { runningPhases } from './running-phases.ts';
import {
  chunkOf,
  claimAll,
  cutAgain,
  type Judge,
  ledger,
  recount,
  WORKER_ID,
  workOn,
} from './testing/simulated-worker.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const OK: Judge = () => ({ verdict: 'OK' });
const DNS_VERDICTS = ['OK', 'NXDOMAIN', 'SERVFAIL', 'TIMEOUT', 'ERROR'];
const byOrdinal: Judge = ({ ordinal }) => ({ verdict: DNS_VERDICTS[ordinal % 5] ?? 'OK' });

/** A dns campaign over `n` names that runs, in batches of `batchSize`. */
async function started(n: number, batchSize: number): Promise<string> {
  const { campaignId } = await fixture.create({ input: { source: 'list', domains: names(n) } });
  await call('start', campaignId);
  await cutAgain(fixture, campaignId, 'dns', batchSize);
  return campaignId;
}

const call = (
  verb: 'start' | 'pause' | 'resume' | 'cancel' | 'retry',
  id: string,
  more: Record<string, unknown> = {},
): Promise<CampaignView> => fixture.owner.call<CampaignView>(campaignOperations[verb], { id, ...more });

const keyOf = (campaignId: string, batchNo: number) => ({ campaignId, phase: 'dns' as const, batchNo });

async function claim(campaignId: string, batchNo: number): Promise<ClaimedBatch> {
  const batch = await claimBatch(fixture.sql, keyOf(campaignId, batchNo), WORKER_ID);
  if (batch === null) throw new Error(`batch ${batchNo} cannot be claimed`);
  return batch;
}

const waitingJobs = async (campaignId: string): Promise<number> => {
  const [row] = await fixture.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pgboss.job
    WHERE data->>'campaignId' = ${campaignId} AND state IN ('created', 'retry')`;
  return row?.n ?? 0;
};

/** Counts of the ledger, of the view and of the rows are the same. */
async function expectRecount(campaignId: string): Promise<Record<string, number>> {
  const rows = await recount(fixture.sql, campaignId, 'dns');
  const sums: Record<string, number> = {};
  for (const { counts } of await ledger(fixture.sql, campaignId, 'dns')) {
    for (const [verdict, n] of Object.entries(counts)) sums[verdict] = (sums[verdict] ?? 0) + n;
  }
  expect(Object.fromEntries(Object.entries(sums).filter(([, n]) => n !== 0))).toEqual(rows);
  const { phases } = await fixture.view(campaignId);
  expect(phases.find(({ phase }) => phase === 'dns')?.counts).toEqual(rows);
  return rows;
}

test('a batch is claimed while it is pending, its phase runs and the run is the same', async () => {
  const campaignId = await started(6, 2);
  const first = await claim(campaignId, 0);
  expect(first).toMatchObject({
    token: 1,
    run: 1,
    lo: 0,
    hi: 2,
    retryVerdicts: null,
    ownerId: fixture.owner.userId,
    plan: { config: { personaId: null }, persona: { attempts: 4 }, lookupPersona: null, keywordRules: [] },
  });
  const tryClaim = (batchNo: number) => claimBatch(fixture.sql, keyOf(campaignId, batchNo), WORKER_ID);
  expect(await tryClaim(0)).toBeNull(); // leased
  expect(await tryClaim(99)).toBeNull(); // no such batch
  await workOn(fixture.sql, first, OK);
  expect(await tryClaim(0)).toBeNull(); // done
  await call('pause', campaignId);
  expect(await tryClaim(1)).toBeNull(); // paused
  await call('resume', campaignId);
  await fixture.sql`UPDATE batches SET run = 7 WHERE campaign_id = ${campaignId} AND batch_no = 1`;
  expect(await tryClaim(1)).toBeNull(); // of another run
  expect(await tryClaim(2)).not.toBeNull();
  await fixture.sql`UPDATE batches SET run = 1 WHERE campaign_id = ${campaignId} AND batch_no = 1`;
  await fixture.owner.call(campaignOperations.delete, { id: campaignId });
  expect(await tryClaim(1)).toBeNull(); // deleted
});

test('of many who claim one batch at once, one gets it', async () => {
  const campaignId = await started(2, 2);
  const claims = await Promise.all(
    Array.from({ length: 8 }, () => claimBatch(fixture.sql, keyOf(campaignId, 0), WORKER_ID)),
  );
  expect(claims.filter((batch) => batch !== null)).toHaveLength(1);
  expect(await ledger(fixture.sql, campaignId, 'dns')).toMatchObject([{ token: 1, attempts: 1 }]);
});

test('a stale token commits nothing', async () => {
  const campaignId = await started(4, 4);
  const stale = await claim(campaignId, 0);
  const items = [...(await readItems(fixture.sql, stale))];
  await releaseBatch(fixture.deps, stale);
  const current = await claim(campaignId, 0);
  expect(current.token).toBeGreaterThan(stale.token);
  const before = await contents(fixture.sql);
  for (const last of [false, true]) {
    await expect(commitChunk(fixture.sql, stale, chunkOf(stale, items, OK), last)).rejects.toThrow(
      LeaseLostError,
    );
  }
  await releaseBatch(fixture.deps, stale);
  expect(await renewLeases(fixture.sql, [stale])).toEqual([]);
  expect(await contents(fixture.sql)).toEqual(before);
  await workOn(fixture.sql, current, OK);
  expect(await expectRecount(campaignId)).toEqual({ OK: 4 });
});

test('a chunk that cannot be written leaves no trace of its commit', async () => {
  const campaignId = await started(4, 4);
  const batch = await claim(campaignId, 0);
  const items = [...(await readItems(fixture.sql, batch))];
  await commitChunk(fixture.sql, batch, chunkOf(batch, items.slice(0, 2), OK), false);
  const before = await contents(fixture.sql);
  await expect(commitChunk(fixture.sql, batch, chunkOf(batch, items, OK), true)).rejects.toMatchObject({
    code: '23505',
  });
  expect(await contents(fixture.sql)).toEqual(before);
  await commitChunk(fixture.sql, batch, chunkOf(batch, items.slice(2), OK), true);
  expect(await expectRecount(campaignId)).toEqual({ OK: 4 });
});

test('evidence is kept as it is, except for what jsonb cannot hold', async () => {
  const campaignId = await started(2, 2);
  const batch = await claim(campaignId, 0);
  const evidence = {
    text: 'tab\t, line\n, return\r, \\N, back\\slash, “quotes" \'',
    nested: [{ emoji: '🦊', none: null, n: 1.5 }],
  };
  const results = [
    { ordinal: 0, verdict: 'OK', code: null, evidence },
    { ordinal: 1, verdict: 'ERROR', code: 7, evidence: { bad: 'a\0b\ud800c', literal: '\\u0000' } },
  ];
  const sink = new ResultRows(batch);
  for (const result of results) sink.add(result);
  await commitChunk(fixture.sql, batch, { held: sink.take() }, true);
  const rows = await fixture.sql`
    SELECT ordinal::int, verdict, code, run, evidence FROM results WHERE campaign_id = ${campaignId} ORDER BY ordinal`;
  expect([...rows]).toEqual([
    { ordinal: 0, verdict: 'OK', code: null, run: 1, evidence },
    { ordinal: 1, verdict: 'ERROR', code: 7, run: 1, evidence: { bad: 'ab\ufffdc', literal: '\\u0000' } },
  ]);
});

test('counts equal a recount after each commit, through retries of each scope', async () => {
  const campaignId = await started(50, 10);
  for (const batch of await claimAll(fixture, campaignId, 'dns')) {
    await workOn(fixture.sql, batch, byOrdinal, 3);
    await expectRecount(campaignId);
  }
  await finishPhase(fixture.deps, campaignId, 'dns');
  expect(await expectRecount(campaignId)).toEqual({
    OK: 10,
    NXDOMAIN: 10,
    SERVFAIL: 10,
    TIMEOUT: 10,
    ERROR: 10,
  });

  const retrying = await call('retry', campaignId, { scope: 'ambiguous' });
  expect(retrying).toMatchObject({ status: 'retrying', phases: [{ run: 2, total: 50, processed: 30 }] });
  const [batch] = await claimAll(fixture, campaignId, 'dns');
  if (batch === undefined) throw new Error('no batch');
  expect([...(batch.retryVerdicts ?? [])].sort()).toEqual(['REFUSED', 'SERVFAIL', 'TIMEOUT']);
  // Half of it, then somebody else goes on with what is left.
  const items = [...(await readItems(fixture.sql, batch))];
  expect(items.map(({ ordinal }) => ordinal % 5).sort()).toEqual([
    ...Array(10).fill(2),
    ...Array(10).fill(3),
  ]);
  const recovered: Judge = ({ ordinal }) => ({ verdict: ordinal % 5 === 2 ? 'OK' : 'TIMEOUT' });
  await commitChunk(fixture.sql, batch, chunkOf(batch, items.slice(0, 7), recovered), false);
  await expectRecount(campaignId);
  await releaseBatch(fixture.deps, batch);
  const [again] = await claimAll(fixture, campaignId, 'dns');
  if (again === undefined) throw new Error('no batch');
  const rest = await workOn(fixture.sql, again, recovered, 4);
  expect(rest.map(({ ordinal }) => ordinal)).toEqual(items.slice(7).map(({ ordinal }) => ordinal));
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(true);
  expect(await expectRecount(campaignId)).toEqual({ OK: 20, NXDOMAIN: 10, TIMEOUT: 10, ERROR: 10 });

  await call('retry', campaignId, { scope: 'failed' });
  for (const third of await claimAll(fixture, campaignId, 'dns')) await workOn(fixture.sql, third, OK);
  await finishPhase(fixture.deps, campaignId, 'dns');
  expect(await expectRecount(campaignId)).toEqual({ OK: 30, NXDOMAIN: 10, TIMEOUT: 10 });
  await call('retry', campaignId, { scope: 'both' });
  for (const fourth of await claimAll(fixture, campaignId, 'dns')) await workOn(fixture.sql, fourth, OK);
  await finishPhase(fixture.deps, campaignId, 'dns');
  expect(await expectRecount(campaignId)).toEqual({ OK: 40, NXDOMAIN: 10 });
  const done = await fixture.view(campaignId);
  expect(done).toMatchObject({ status: 'completed', progress: 100 });
  expect(done.phases[0]).toMatchObject({ run: 4, total: 50, processed: 50 });
  const runs = await fixture.sql`
    SELECT run, count(*)::int AS n FROM results WHERE campaign_id = ${campaignId} GROUP BY run ORDER BY run`;
  expect([...runs]).toEqual([
    { run: 1, n: 20 },
    { run: 2, n: 10 },
    { run: 3, n: 10 },
    { run: 4, n: 10 },
  ]);
});

test('a release while the phase runs queues the batch again, while it is paused it does not', async () => {
  const campaignId = await started(4, 4);
  const [batch] = await claimAll(fixture, campaignId, 'dns');
  if (batch === undefined) throw new Error('no batch');
  const items = [...(await readItems(fixture.sql, batch))];
  await commitChunk(fixture.sql, batch, chunkOf(batch, items.slice(0, 1), OK), false);
  expect(await waitingJobs(campaignId)).toBe(0);
  await releaseBatch(fixture.deps, batch);
  expect(await waitingJobs(campaignId)).toBe(1);
  expect(await ledger(fixture.sql, campaignId, 'dns')).toMatchObject([
    { status: 'pending', processed: 1, crashes: 0, items: 4 },
  ]);

  const [second] = await claimAll(fixture, campaignId, 'dns');
  if (second === undefined) throw new Error('no batch');
  expect([...(await readItems(fixture.sql, second))].map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
  await call('pause', campaignId);
  expect(await renewLeases(fixture.sql, [second])).toMatchObject([{ proceed: false }]);
  await releaseBatch(fixture.deps, second);
  expect(await waitingJobs(campaignId)).toBe(0);
  await call('resume', campaignId);
  expect(await waitingJobs(campaignId)).toBe(1);
});

test('pause, resume and pause again keep everything', async () => {
  const campaignId = await started(30, 5);
  let worked = 0;
  for (let round = 0; round < 4; round += 1) {
    const [first, second, ...others] = await claimAll(fixture, campaignId, 'dns');
    if (first === undefined || second === undefined) throw new Error('nothing to do');
    // One ends before the pause, one in the middle of it, the others have not begun.
    worked += (await workOn(fixture.sql, first, byOrdinal, 2)).length;
    const items = [...(await readItems(fixture.sql, second))];
    await commitChunk(fixture.sql, second, chunkOf(second, items.slice(0, 1), byOrdinal), false);
    await call('pause', campaignId);
    await commitChunk(fixture.sql, second, chunkOf(second, items.slice(1, 2), byOrdinal), false);
    worked += Math.min(2, items.length);
    for (const batch of [second, ...others]) await releaseBatch(fixture.deps, batch);
    expect(await claimAll(fixture, campaignId, 'dns')).toEqual([]);
    const paused = await fixture.view(campaignId);
    expect(paused).toMatchObject({ status: 'paused', processedDomainsCount: worked });
    await expectRecount(campaignId);
    const resumed = await call('resume', campaignId);
    expect(resumed).toMatchObject({ status: 'active', processedDomainsCount: worked });
  }
  for (const batch of await claimAll(fixture, campaignId, 'dns'))
    worked += (await workOn(fixture.sql, batch, byOrdinal)).length;
  expect(worked).toBe(30);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(true);
  expect(await expectRecount(campaignId)).toEqual({ OK: 6, NXDOMAIN: 6, SERVFAIL: 6, TIMEOUT: 6, ERROR: 6 });
});

test('a phase whose last batch ends in a pause completes when it is resumed', async () => {
  const campaignId = await started(3, 3);
  const batch = await claim(campaignId, 0);
  await call('pause', campaignId);
  await workOn(fixture.sql, batch, OK);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(false);
  expect(await fixture.view(campaignId)).toMatchObject({ status: 'paused' });
  expect(await call('resume', campaignId)).toMatchObject({
    status: 'completed',
    phases: [{ status: 'completed', processed: 3 }],
  });
});

test('what a cancelled phase has found is kept, and its workers are told to stop', async () => {
  const campaignId = await started(6, 3);
  const batch = await claim(campaignId, 0);
  const items = [...(await readItems(fixture.sql, batch))];
  await commitChunk(fixture.sql, batch, chunkOf(batch, items.slice(0, 2), OK), false);
  await call('cancel', campaignId);
  expect(await renewLeases(fixture.sql, [batch])).toMatchObject([{ proceed: false }]);
  await releaseBatch(fixture.deps, batch);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(false);
  expect(await expectRecount(campaignId)).toEqual({ OK: 2 });
  expect(await fixture.view(campaignId)).toMatchObject({ status: 'cancelled', processedDomainsCount: 2 });
  expect(await runningPhases(fixture.sql, campaignId)).toEqual([]);
});

test('however many find that the phase is done, it completes once', async () => {
  const campaignId = await started(20, 2);
  const batches = await claimAll(fixture, campaignId, 'dns');
  expect(batches).toHaveLength(10);
  const finished = await Promise.all(
    batches.map(async (batch) => {
      await workOn(fixture.sql, batch, OK, 1);
      return finishPhase(fixture.deps, campaignId, 'dns');
    }),
  );
  const late = await Promise.all(
    Array.from({ length: 5 }, () => finishPhase(fixture.deps, campaignId, 'dns')),
  );
  expect([...finished, ...late].filter(Boolean)).toHaveLength(1);
  const { items } = await fixture.owner.call<{ items: { seq: number; type: string; payload: unknown }[] }>(
    campaignOperations.events,
    { id: campaignId, limit: 1_000 },
  );
  expect(items.filter(({ type }) => type === 'validation_complete')).toMatchObject([
    { payload: { phase: 'dns', processed: 20, counts: { OK: 20 } } },
  ]);
  // Gap-free, with all those commits at once.
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
});

test('a phase that failed in the middle can be retried to its end', async () => {
  const campaignId = await started(12, 4);
  const [first, second] = [await claim(campaignId, 0), await claim(campaignId, 1)];
  await workOn(fixture.sql, first, byOrdinal);
  const items = [...(await readItems(fixture.sql, second))];
  await commitChunk(fixture.sql, second, chunkOf(second, items.slice(0, 2), OK), false);
  await failPhase(
    fixture.deps,
    campaignId,
    'dns',
    invalidInput('The persona has no resolvers.', 'resolvers'),
  );
  await failPhase(fixture.deps, campaignId, 'dns', invalidInput('Again.', 'resolvers'));
  expect(await fixture.view(campaignId)).toMatchObject({
    status: 'failed',
    errorDetails: { message: 'The persona has no resolvers.' },
    processedDomainsCount: 6,
    allowedCommands: ['cancel', 'retry'],
  });

  const retrying = await call('retry', campaignId, { scope: 'both' });
  expect(retrying).toMatchObject({ status: 'retrying', errorDetails: null });
  // What the first run gave up is the second's now: the worker that still holds a batch of it has lost it.
  await expect(commitChunk(fixture.sql, second, chunkOf(second, items.slice(2), OK), true)).rejects.toThrow(
    LeaseLostError,
  );
  expect(retrying.phases[0]).toMatchObject({ run: 2, total: 12 });
  const worked: number[] = [];
  for (const batch of await claimAll(fixture, campaignId, 'dns'))
    worked.push(...(await workOn(fixture.sql, batch, OK)).map(({ ordinal }) => ordinal));
  // Ordinals 2 and 3 were ambiguous in the first run, 6 and later were not done.
  expect(worked.sort((a, b) => a - b)).toEqual([2, 3, 6, 7, 8, 9, 10, 11]);
  expect(await finishPhase(fixture.deps, campaignId, 'dns')).toBe(true);
  expect(await expectRecount(campaignId)).toEqual({ OK: 11, NXDOMAIN: 1 });
  const done = await fixture.view(campaignId);
  expect(done).toMatchObject({ status: 'completed', progress: 100 });
  expect(done.phases[0]).toMatchObject({ total: 12, processed: 12, batches: { pending: 0, leased: 0 } });
});
