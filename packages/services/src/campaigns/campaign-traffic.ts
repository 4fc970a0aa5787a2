import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import type { PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import {
  type TrafficReport,
  trafficReport,
  trafficReportSchema,
} from '@domainflow/domain/shaping/traffic-report.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { requireVisible } from './reading/read-campaign.ts';

const SHAPED_PHASES = ['dns', 'http'] as const;

const shapedPhaseSchema = z.object({
  phase: z.enum(SHAPED_PHASES),
  label: z.string(),
  /** The run that is told of: the latest. */
  run: z.int(),
  /** Null: this run’s traffic is not shaped, and so not measured. */
  report: trafficReportSchema.nullable(),
  sentence: z.string(),
});

interface RunRow extends Record<string, unknown> {
  readonly phase: (typeof SHAPED_PHASES)[number];
  readonly run: number;
  readonly shaping: PhasePlan<unknown>['shaping'];
  readonly waited_ms: string;
  readonly waiting_until: string | null;
  readonly metrics: Record<string, number>;
}

export const campaignTraffic = query({
  name: 'campaigns.traffic',
  summary: 'How the traffic of the phases was shaped: what was configured, and what was measured',
  rest: { method: 'GET', path: '/campaigns/{id}/traffic' },
  access: 'member',
  input: z.object({ id: campaignIdSchema }),
  output: z.object({ campaignId: z.string(), phases: z.array(shapedPhaseSchema) }),
  async run({ db, actor }, { id }) {
    await requireVisible(db, actor, id);
    const rows = await db.execute<RunRow>(sql`
      SELECT p.phase, p.run, p.plan->'shaping' AS shaping, p.waited_ms,
        CASE WHEN p.status = 'running' THEN
          to_char(p.waiting_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END AS waiting_until,
        (SELECT coalesce(jsonb_object_agg(key, total), '{}'::jsonb) FROM (
          SELECT m.key, sum(m.value::bigint) AS total FROM batches b, jsonb_each_text(b.metrics) m
          WHERE b.campaign_id = p.campaign_id AND b.phase = p.phase AND b.run = p.run AND m.key LIKE 'traffic.%'
          GROUP BY m.key) AS sums) AS metrics
      FROM phase_runs p
      WHERE p.campaign_id = ${id} AND p.run > 0 AND p.phase = ANY(${sql.param([...SHAPED_PHASES])}::text[])
      ORDER BY p.position`);
    return { campaignId: id, phases: rows.map(phaseOf) };
  },
});

function phaseOf({ phase, run, shaping, waited_ms, waiting_until, metrics }: RunRow) {
  const waits = { waitedMs: Number(waited_ms), waitingUntil: waiting_until };
  const report =
    shaping === null || shaping === undefined ? null : trafficReport(phase, shaping, metrics, waits);
  return { phase, label: phaseNamed(phase).label, run, report, sentence: sentenceOf(report) };
}

function sentenceOf(report: TrafficReport | null): string {
  if (report === null) return 'Traffic is not shaped: nothing was measured.';
  if (report.quietHours.waitingUntil !== null) return report.quietHours.sentence;
  return report.order.sentence;
}
