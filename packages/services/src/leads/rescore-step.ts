import type { ScoreFacts } from '@domainflow/domain/scoring/score-facts.ts';
import { scoreLead } from '@domainflow/domain/scoring/score-lead.ts';
import { scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import type { Sql, TransactionSql } from 'postgres';
import { tryJob } from './try-job.ts';

/** Leads that one transaction scores: a fraction of a second of work, after which a pause is seen. */
const LEADS_A_STEP = 5_000;

interface Job {
  id: string;
  campaign_id: string | null;
  owner_id: string;
  score_profile_id: string;
  score_profile_version: number;
  cursor: [string, number] | null;
}

interface Row {
  campaign_id: string;
  ordinal: string;
  facts: ScoreFacts | Record<string, never>;
}

/**
 * Scores the next leads of a job that runs, in one transaction with its progress; any number of workers may call it, and
 * each lead is scored once. False where there was nothing to do.
 */
export async function rescoreStep(sql: Sql, leadsAStep = LEADS_A_STEP): Promise<boolean> {
  return tryJob<Job>(sql, 'rescore', async (tx, job) => {
    const [profile] = await tx<{ weights: unknown }[]>`
      SELECT weights FROM score_profile_versions
      WHERE profile_id = ${job.score_profile_id} AND version = ${job.score_profile_version}`;
    if (profile === undefined) {
      await tx`
        UPDATE lead_jobs SET status = 'failed', finished_at = now(), error = 'The weights of the profile are gone.'
        WHERE id = ${job.id}`;
      return;
    }
    const weights = scoreProfileSchema.parse(profile.weights);
    const rows = await nextLeads(tx, job, leadsAStep);
    // A lead of before there were facts, whose page is gone, keeps its score.
    const scored = rows.flatMap(({ campaign_id, ordinal, facts }) =>
      hasFacts(facts) ? [{ campaign_id, ordinal, score: scoreLead(facts, weights).score }] : [],
    );
    const changed = scored.length === 0 ? 0 : await writeScores(tx, job, scored);
    const last = rows.at(-1);
    const isOver = rows.length < leadsAStep;
    await tx`
      UPDATE lead_jobs SET done = done + ${rows.length}, changed = changed + ${changed},
        total = CASE WHEN ${isOver} THEN done + ${rows.length} ELSE total END,
        cursor = ${last === undefined ? tx`cursor` : tx.json([last.campaign_id, Number(last.ordinal)])},
        status = ${isOver ? 'completed' : 'running'}, finished_at = ${isOver ? tx`now()` : null},
        attempts = 0, error = NULL
      WHERE id = ${job.id}`;
  });
}

const hasFacts = (facts: Row['facts']): facts is ScoreFacts => 'keywords' in facts;

function nextLeads(tx: TransactionSql, job: Job, limit: number): Promise<Row[]> {
  const [campaignId, ordinal] = job.cursor ?? ['00000000-0000-0000-0000-000000000000', -1];
  const about =
    job.campaign_id === null
      ? tx`campaign_id IN (SELECT id FROM campaigns WHERE owner_id = ${job.owner_id} AND deleted_at IS NULL)`
      : tx`campaign_id = ${job.campaign_id}`;
  return tx<Row[]>`
    SELECT campaign_id, ordinal, facts FROM leads
    WHERE ${about} AND (campaign_id, ordinal) > (${campaignId}::uuid, ${ordinal}::bigint)
    ORDER BY campaign_id, ordinal LIMIT ${limit}`;
}

/** Writes the new scores, and into the history those that were others; gives how many were. */
async function writeScores(
  tx: TransactionSql,
  job: Job,
  scored: readonly { campaign_id: string; ordinal: string; score: number }[],
): Promise<number> {
  const [written] = await tx<{ changed: number }[]>`
    WITH updated AS (
      UPDATE leads l SET score = s.score, score_parts = '[]', score_profile_id = ${job.score_profile_id},
        score_profile_version = ${job.score_profile_version}, scored_at = now()
      FROM unnest(
        ${scored.map((row) => row.campaign_id)}::uuid[], ${scored.map((row) => row.ordinal)}::bigint[],
        ${scored.map((row) => row.score)}::int[]) AS s (campaign_id, ordinal, score)
      WHERE l.campaign_id = s.campaign_id AND l.ordinal = s.ordinal
      RETURNING old.campaign_id, old.ordinal, old.scored_at, old.score, old.score_profile_id,
        old.score_profile_version, new.score AS score_now),
    history AS (
      INSERT INTO lead_scores (campaign_id, ordinal, at, score, profile_id, profile_version)
      SELECT campaign_id, ordinal, scored_at, score, score_profile_id, score_profile_version FROM updated
      WHERE score <> score_now
      RETURNING 1)
    SELECT count(*)::int AS changed FROM history`;
  return written?.changed ?? 0;
}
