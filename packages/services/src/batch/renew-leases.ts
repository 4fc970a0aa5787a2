import type { Sql } from 'postgres';
import { LEASE_SECONDS, type Lease } from './batch-key.ts';

export interface LeaseState extends Lease {
  /** False: the phase is paused, cancelled or in a later run; stop and release. */
  readonly proceed: boolean;
}

/** Extends the leases that are still held, and says of each whether to go on. What is missing in the answer is lost. */
export async function renewLeases(sql: Sql, leases: readonly Lease[]): Promise<LeaseState[]> {
  if (leases.length === 0) return [];
  const rows = await sql<
    { campaign_id: string; phase: Lease['phase']; batch_no: number; token: string; proceed: boolean }[]
  >`
    UPDATE batches b
    SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM unnest(
      ${leases.map((lease) => lease.campaignId)}::uuid[], ${leases.map((lease) => lease.phase)}::text[],
      ${leases.map((lease) => lease.batchNo)}::int[], ${leases.map((lease) => lease.token)}::bigint[]
    ) AS mine (campaign_id, phase, batch_no, token),
    phase_runs p
    WHERE b.campaign_id = mine.campaign_id AND b.phase = mine.phase AND b.batch_no = mine.batch_no
      AND b.token = mine.token AND b.status = 'leased'
      AND p.campaign_id = b.campaign_id AND p.phase = b.phase
    RETURNING b.campaign_id, b.phase, b.batch_no, b.token, (p.status = 'running' AND p.run = b.run) AS proceed`;
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    phase: row.phase,
    batchNo: row.batch_no,
    token: Number(row.token),
    proceed: row.proceed,
  }));
}
