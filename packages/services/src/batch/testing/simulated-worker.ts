import { pageFixture } from '@domainflow/domain/content/page-fixture.ts';
import type {
  Kept,
  LoadedItem,
  PhaseChunk,
  PhaseItem,
  PhaseName,
  PhasePorts,
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
import { loadItems } from '../load-items.ts';
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

/** The chunk that the phase of the batch would hand over for these items. */
export function chunkOf(batch: ClaimedBatch, items: readonly PhaseItem[], judge: Judge): PhaseChunk {
  const sink = new ResultRows(batch);
  for (const item of items) {
    const { verdict, code = null } = judge(item);
    const result = { ordinal: item.ordinal, verdict, code, evidence: { of: item.name } };
    sink.add(result, verdict === 'OK' ? keptOf(batch.phase, item.name, code ?? 0) : {});
  }
  return { held: sink.take() };
}

function keptOf(phase: PhaseName, domain: string, score: number): Kept {
  if (phase === 'http') return { page: { title: domain } as never };
  if (phase !== 'analysis') return {};
  const record = {
    url: `https://${domain}/`,
    title: null,
    organisation: null,
    score,
    scoreParts: [],
    keywordMatches: [],
    contacts: [],
    technologies: [],
    marks: { simhash: null, faviconHash: null, certificate: null, trackers: [], bodySha256: null },
    facts: pageFacts({ ...NOTHING_FOUND, page: pageFixture() }),
    terms: [],
  };
  return { lead: { domain, record } };
}

/** Works through a claimed batch in chunks of `size`, the last of which ends it. */
export async function workOn(
  sql: Sql,
  batch: ClaimedBatch,
  judge: Judge,
  size = 1_000,
): Promise<LoadedItem[]> {
  if (batch.phase === 'generation') {
    const signal = new AbortController().signal;
    const work = {
      ...batch,
      items: [],
      loaded: [],
      sink: new ResultRows(batch),
      signal,
      onDrained: () => {},
    };
    for await (const chunk of phaseNamed('generation').run(work, {} as PhasePorts))
      await commitChunk(sql, batch, chunk, true);
    return [];
  }
  const items: LoadedItem[] = [];
  for await (const item of loadItems(sql, batch, await readItems(sql, batch))) items.push(item);
  for (let from = 0; from === 0 || from < items.length; from += size) {
    const chunk = chunkOf(batch, items.slice(from, from + size), judge);
    await commitChunk(sql, batch, chunk, from + size >= items.length);
  }
  return items;
}

/** Does all that is queued for the phase and completes it. Gives the items that were worked on. */
export async function runPhase(
  fixture: CampaignFixture,
  campaignId: string,
  phase: PhaseName,
  judge: Judge = () => ({ verdict: 'OK' }),
): Promise<LoadedItem[]> {
  const items: LoadedItem[] = [];
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
