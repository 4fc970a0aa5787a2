import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import type { Evidence, PhaseItem } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { Sql } from 'postgres';
import type { ClaimedBatch } from './claim-batch.ts';

interface ItemRow {
  ordinal: string;
  name: string;
  prior: Evidence | null;
  page: PageFeatures | null;
}

/**
 * The domains of the batch that still need work, in order: those let in by the required phase that have no result, and
 * in a retry those whose result of an earlier run has one of the verdicts to retry. Read it after the claim: what the
 * previous holder committed is then seen, and nothing of it is done twice.
 */
export async function readItems(sql: Sql, batch: ClaimedBatch): Promise<PhaseItem[]> {
  const definition = phaseNamed(batch.phase);
  const required = definition.requires;
  const rows = await sql<ItemRow[]>`
    SELECT d.ordinal, d.name,
      ${required === null ? sql`NULL::jsonb` : sql`q.evidence`} AS prior,
      ${definition.loadsPages ? sql`g.features` : sql`NULL::jsonb`} AS page
    FROM domains d
    ${
      required === null
        ? sql``
        : sql`LEFT JOIN results q ON q.campaign_id = ${batch.campaignId} AND q.phase = ${required} AND q.ordinal = d.ordinal`
    }
    LEFT JOIN results r ON r.campaign_id = ${batch.campaignId} AND r.phase = ${batch.phase} AND r.ordinal = d.ordinal
    ${definition.loadsPages ? sql`LEFT JOIN pages g ON g.campaign_id = ${batch.campaignId} AND g.ordinal = d.ordinal` : sql``}
    WHERE d.campaign_id = ${batch.campaignId} AND d.ordinal >= ${batch.lo} AND d.ordinal < ${batch.hi}
      AND (r.ordinal IS NULL OR (r.run < ${batch.run} AND r.verdict = ANY(${batch.retryVerdicts ?? []}::text[])))
      ${
        required === null
          ? sql``
          : sql`AND (q.verdict = 'OK' OR NOT EXISTS (
              SELECT FROM phase_runs p WHERE p.campaign_id = ${batch.campaignId} AND p.phase = ${required}))`
      }
    ORDER BY d.ordinal`;
  return rows.map((row) => ({
    ordinal: Number(row.ordinal),
    name: row.name,
    prior: row.prior,
    page: row.page,
  }));
}
