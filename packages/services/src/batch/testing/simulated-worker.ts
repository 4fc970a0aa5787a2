import { pageFixture } from '@domainflow/domain/content/page-fixture.ts';
import type {
  PhaseChunk,
  PhaseItem,
  PhaseName,
  PhasePorts,
  PhaseResult,
} from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { pageFacts } from '@domainflow/domain/scoring/page-facts.ts';
import type { OrdinalOrder } from '@domainflow/domain/shaping/shaping-plan.ts';
import type { Sql } from 'postgres';
import { finishPhase } from '../../campaigns/lifecycle/finish-phase.ts';
import type { CampaignFixture } from '../../campaigns/testing/campaign-fixture.ts';
import { LEASE_SECONDS } from '../batch-key.ts';
import { type ClaimedBatch, claimBatch } from '../claim-batch.ts';
import { commitChunk } from '../commit-chunk.ts';
import { planBatches } from '../plan-batches.ts';
import { readItems } from '../read-items.ts';
import { ResultRows } from '../result-rows.ts';

export const WORKER_ID = '01890000-0000-7000-8000-00000000aaaa';

const NOTHING_FOUND = {
  keywordMatches: [],
  contacts: [],
  technologies: [],
  organisation: null,
  parked: { isParked: false, reasons: [] },
};

/** What the simulated outside world says of a domain. */
export type Judge = (item: PhaseItem) => { verdict: string; code?: number | null };

/** Right after its start a server takes nothing away: workers first get the time to say that they are alive. */
export async function untilReapable(sql: Sql): Promise<void> {
  await sql`
    SELECT pg_sleep(greatest(0, extract(epoch FROM
      pg_postmaster_start_time() + make_interval(secs => ${LEASE_SECONDS + 0.2}) - clock_timestamp())))`;
}

/** Takes all jobs of the phase, claims the batches of the campaign among them, and gives those that it got. */
export async function claimAll(
  fixture: CampaignFixture,
  campaignId: string,
  phase: PhaseName,
): Promise<ClaimedBatch[]> {
  const claimed: ClaimedBatch[] = [];
  for (;;) {
    const jobs = await fixture.queue.fetch(phase, 500);
    if (jobs.length === 0) return claimed.sort((a, b) => a.batchNo - b.batchNo);
    for (const { job } of jobs) {
      const isMine = job.campaignId === campaignId;
      const batch = isMine ? await claimBatch(fixture.sql, job, WORKER_ID) : null;
      if (batch !== null) claimed.push(batch);
    }
    await fixture.queue.complete(
      phase,
      jobs.map(({ id }) => id),
    );
  }
}

/** The chunk that a phase would hand over for these items. */
export function chunkOf(phase: PhaseName, items: readonly PhaseItem[], judge: Judge): PhaseChunk {
  const judged = items.map((item) => ({ item, code: null, ...judge(item) }));
  const found = judged.filter(({ verdict }) => verdict === 'OK');
  const results = judged.map(({ item: { ordinal, name }, verdict, code }) => ({
    ordinal,
    verdict,
    code,
    evidence: { of: name },
  }));
  if (phase === 'http') {
    return {
      results,
      pages: found.map(({ item }) => ({ ordinal: item.ordinal, page: { title: item.name } as never })),
    };
  }
  if (phase !== 'analysis') return { results };
  return {
    results,
    leads: found.map(({ item, code }) => ({
      ordinal: item.ordinal,
      domain: item.name,
      lead: {
        url: `https://${item.name}/`,
        title: null,
        organisation: null,
        score: code ?? 0,
        scoreParts: [],
        keywordMatches: [],
        contacts: [],
        technologies: [],
        marks: { simhash: null, faviconHash: null, certificate: null, trackers: [], bodySha256: null },
        facts: pageFacts({ ...NOTHING_FOUND, page: pageFixture() }),
        terms: [],
      },
    })),
  };
}

/** The results of a chunk as the sink of the batch keeps them. */
export function heldIn(batch: ClaimedBatch, results: readonly PhaseResult[] = []): PhaseChunk {
  const sink = new ResultRows(batch);
  for (const result of results) sink.add(result);
  return { held: sink.take() };
}

/** Works through a claimed batch in chunks of `size`, the last of which ends it. */
export async function workOn(
  sql: Sql,
  batch: ClaimedBatch,
  judge: Judge,
  size = 1_000,
): Promise<PhaseItem[]> {
  if (batch.phase === 'generation') {
    const signal = new AbortController().signal;
    const work = { ...batch, items: [], sink: new ResultRows(batch), signal, onDrained: () => {} };
    for await (const chunk of phaseNamed('generation').run(work, {} as PhasePorts))
      await commitChunk(sql, batch, chunk, true);
    return [];
  }
  const items = [...(await readItems(sql, batch))];
  for (let from = 0; from === 0 || from < items.length; from += size) {
    const chunk = chunkOf(batch.phase, items.slice(from, from + size), judge);
    const given = batch.phase === 'dns' ? heldIn(batch, chunk.results) : chunk;
    await commitChunk(sql, batch, given, from + size >= items.length);
  }
  return items;
}

/** Does all that is queued for the phase and completes it. Gives the items that were worked on. */
export async function runPhase(
  fixture: CampaignFixture,
  campaignId: string,
  phase: PhaseName,
  judge: Judge = () => ({ verdict: 'OK' }),
): Promise<PhaseItem[]> {
  const items: PhaseItem[] = [];
  for (const batch of await claimAll(fixture, campaignId, phase))
    items.push(...(await workOn(fixture.sql, batch, judge)));
  await finishPhase(fixture.deps, campaignId, phase);
  return items;
}

/** Cuts a phase that has just started into batches of `batchSize`, as a phase with such batches would have been. */
export async function cutAgain(
  { db, sql, queue }: CampaignFixture,
  campaignId: string,
  phase: PhaseName,
  batchSize: number,
): Promise<void> {
  const [row] = await sql<{ run: number; retry_verdicts: string[] | null; order: OrdinalOrder | null }[]>`
    SELECT run, retry_verdicts, plan->'shaping'->'order' AS order
    FROM phase_runs p WHERE campaign_id = ${campaignId} AND phase = ${phase}`;
  if (row === undefined) throw new Error('no such phase');
  await sql`DELETE FROM batches WHERE campaign_id = ${campaignId} AND phase = ${phase} AND run = ${row.run}`;
  await db.transaction((tx) =>
    planBatches(tx, queue, {
      campaignId,
      phase,
      run: row.run,
      retryVerdicts: row.retry_verdicts,
      range: null,
      order: row.order,
      batchSize,
      crashes: 0,
    }),
  );
}

/** Lets the leases of these batches run out. */
export async function expireLeases(sql: Sql, batches: readonly ClaimedBatch[]): Promise<void> {
  for (const { campaignId, phase, batchNo } of batches)
    await sql`
      UPDATE batches SET lease_until = clock_timestamp() - interval '1 second'
      WHERE campaign_id = ${campaignId} AND phase = ${phase} AND batch_no = ${batchNo}`;
}

interface LedgerRow {
  readonly batchNo: number;
  readonly run: number;
  readonly lo: number;
  readonly hi: number;
  readonly items: number;
  readonly processed: number;
  readonly status: string;
  readonly token: number;
  readonly attempts: number;
  readonly crashes: number;
  readonly counts: Record<string, number>;
}

export async function ledger(sql: Sql, campaignId: string, phase: PhaseName): Promise<LedgerRow[]> {
  return sql<LedgerRow[]>`
    SELECT batch_no AS "batchNo", run, lo::int, hi::int, items, processed, status, token::int, attempts, crashes, counts
    FROM batches WHERE campaign_id = ${campaignId} AND phase = ${phase} ORDER BY batch_no`;
}

/** Number of results by verdict, counted from the rows. */
export async function recount(
  sql: Sql,
  campaignId: string,
  phase: PhaseName,
): Promise<Record<string, number>> {
  const rows = await sql<{ verdict: string; n: number }[]>`
    SELECT verdict, count(*)::int AS n FROM results
    WHERE campaign_id = ${campaignId} AND phase = ${phase} GROUP BY verdict`;
  return Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]));
}
