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
 *
 * Each domain's results are looked up by their whole key (`OFFSET 0` keeps a subquery as it is). In a plain join the
 * planner, which knows nothing yet of a new campaign and expects one row, reads all results of the phase for each domain.
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
        : sql`LEFT JOIN LATERAL (
            SELECT verdict, evidence FROM results
            WHERE campaign_id = ${batch.campaignId} AND phase = ${required} AND ordinal = d.ordinal OFFSET 0) AS q ON true`
    }
    LEFT JOIN LATERAL (
      SELECT ordinal, run, verdict FROM results
      WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase} AND ordinal = d.ordinal OFFSET 0) AS r ON true
    ${
      definition.loadsPages
        ? sql`LEFT JOIN LATERAL (
            SELECT features FROM pages WHERE campaign_id = ${batch.campaignId} AND ordinal = d.ordinal OFFSET 0) AS g ON true`
        : sql``
    }
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
