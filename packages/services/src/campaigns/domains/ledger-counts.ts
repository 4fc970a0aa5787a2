import type { Database } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { type SQL, sql } from 'drizzle-orm';

/** All domains of the campaign. */
export async function countAll(db: Database, campaignId: string): Promise<number> {
  const [row] = await db.execute<{ n: string }>(sql`
    SELECT coalesce(
      (SELECT (phase_progress(p.campaign_id, p.phase)->'counts'->>'GENERATED')::bigint FROM phase_runs p
        WHERE p.campaign_id = c.id AND p.phase = 'generation' AND p.run > 0),
      CASE WHEN c.input->>'source' = 'pattern' THEN 0 ELSE c.initial_domains END, 0) AS n
    FROM campaigns c WHERE c.id = ${campaignId}`);
  return Number(row?.n ?? 0);
}

/** The results of a phase with one of these verdicts. */
export async function countVerdicts(
  db: Database,
  campaignId: string,
  phase: PhaseName,
  verdicts: readonly string[],
): Promise<number> {
  const [row] = await db.execute<{ n: string }>(sql`
    SELECT coalesce(sum((phase_progress(p.campaign_id, p.phase)->'counts'->>verdict)::bigint), 0) AS n
    FROM phase_runs p, unnest(${sql.param([...verdicts])}::text[]) AS verdict
    WHERE p.campaign_id = ${campaignId} AND p.phase = ${phase}`);
  return Number(row?.n ?? 0);
}

/** Domains that a phase under way has still to do, and the ordinals [lo, hi) among which they are. */
export interface Waiting {
  readonly domains: number;
  readonly lo: number;
  readonly hi: number;
}

const NOBODY: Waiting = { domains: 0, lo: 0, hi: 0 };

/**
 * What waits for a phase. Null: the ledger cannot say, because the phase has not begun, has failed (its batches were
 * closed), or runs again (then its open batches hold domains that have a result).
 */
export async function readWaiting(
  db: Database,
  campaignId: string,
  phase: PhaseName,
): Promise<Waiting | null> {
  const [row] = await db.execute<{
    run: number;
    status: string;
    domains: string;
    lo: string;
    hi: string;
  }>(sql`
    SELECT p.run, p.status, open.domains, open.lo, open.hi
    FROM phase_runs p, LATERAL (
      SELECT coalesce(sum(b.items - b.processed), 0) AS domains, coalesce(min(b.lo), 0) AS lo, coalesce(max(b.hi), 0) AS hi
      FROM batches b
      WHERE b.campaign_id = p.campaign_id AND b.phase = p.phase AND b.status IN ('pending', 'leased')
    ) AS open
    WHERE p.campaign_id = ${campaignId} AND p.phase = ${phase}`);
  // Nothing waits for a phase that the campaign does not have.
  if (row === undefined) return NOBODY;
  if (row.run !== 1 || row.status === 'failed') return null;
  return { domains: Number(row.domains), lo: Number(row.lo), hi: Number(row.hi) };
}

/** The conditions that keep a search for waiting domains from reading the others. */
export const within = (waiting: Waiting | null): SQL[] =>
  waiting === null ? [] : [sql`d.ordinal >= ${waiting.lo}`, sql`d.ordinal < ${waiting.hi}`];
