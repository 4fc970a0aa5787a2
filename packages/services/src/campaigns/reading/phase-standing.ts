import type { Database, Transaction } from '@domainflow/db/client.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { phaseProgressSchema } from '@domainflow/domain/events/event.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { phaseViewSchema } from '../views.ts';

export type PhaseView = z.output<typeof phaseViewSchema>;

const standingSchema = z.object({
  progress: phaseProgressSchema,
  metrics: z.record(z.string(), z.int()),
  batches: z.object({ pending: z.int(), leased: z.int(), done: z.int() }),
});

/** The phases of a campaign, in order, with where each stands by the ledger. */
export async function readPhases(db: Database | Transaction, campaignId: string): Promise<PhaseView[]> {
  const rows = await db
    .select({
      run: phaseRuns,
      standing: sql<unknown>`jsonb_build_object(
        'progress', phase_progress(phase_runs.campaign_id, phase_runs.phase),
        'metrics', (
          SELECT coalesce(jsonb_object_agg(key, total), '{}'::jsonb) FROM (
            SELECT m.key, sum(m.value::bigint) AS total FROM batches b, jsonb_each_text(b.metrics) m
            WHERE b.campaign_id = phase_runs.campaign_id AND b.phase = phase_runs.phase
            GROUP BY m.key) AS sums),
        'batches', (
          SELECT jsonb_build_object(
            'pending', count(*) FILTER (WHERE b.status = 'pending'),
            'leased', count(*) FILTER (WHERE b.status = 'leased'),
            'done', count(*) FILTER (WHERE b.status = 'done'))
          FROM batches b
          WHERE b.campaign_id = phase_runs.campaign_id AND b.phase = phase_runs.phase))`,
    })
    .from(phaseRuns)
    .where(eq(phaseRuns.campaignId, campaignId))
    .orderBy(asc(phaseRuns.position));
  return rows.map(({ run, standing }) => {
    const { progress, metrics, batches } = standingSchema.parse(standing);
    return {
      phase: run.phase,
      label: phaseNamed(run.phase).label,
      status: run.status,
      run: run.run,
      config: run.config,
      total: progress.total,
      processed: progress.processed,
      counts: progress.counts,
      metrics,
      batches,
      waitingUntil: run.status === 'running' ? run.waitingUntil : null,
      startedAt: run.startedAt,
      completedAt: run.completedAt,
      errorDetails: run.errorDetails,
    };
  });
}
