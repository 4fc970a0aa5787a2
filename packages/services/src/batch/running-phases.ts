import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import type { Sql } from 'postgres';

export interface RunningPhase {
  readonly campaignId: string;
  readonly phase: PhaseName;
  readonly pending: number;
  readonly leased: number;
  /** For quiet hours to end: its batches are not to be claimed. */
  readonly isWaiting: boolean;
}

/** The phases that run, with their batches that are not done; with both at 0 the phase is to be completed. */
export async function runningPhases(sql: Sql, campaignId: string | null = null): Promise<RunningPhase[]> {
  const rows = await sql<
    { campaign_id: string; phase: PhaseName; pending: number; leased: number; is_waiting: boolean }[]
  >`
    SELECT p.campaign_id, p.phase, open.pending, open.leased, p.waiting_until IS NOT NULL AS is_waiting
    FROM phase_runs p JOIN campaigns c ON c.id = p.campaign_id AND c.deleted_at IS NULL,
    LATERAL (
      SELECT (count(*) FILTER (WHERE b.status = 'pending'))::int AS pending,
        (count(*) FILTER (WHERE b.status = 'leased'))::int AS leased
      FROM batches b
      WHERE b.campaign_id = p.campaign_id AND b.phase = p.phase AND b.status IN ('pending', 'leased')
    ) AS open
    WHERE p.status = 'running' ${campaignId === null ? sql`` : sql`AND p.campaign_id = ${campaignId}`}`;
  return rows.map(({ campaign_id, is_waiting, ...row }) => ({
    campaignId: campaign_id,
    isWaiting: is_waiting,
    ...row,
  }));
}
