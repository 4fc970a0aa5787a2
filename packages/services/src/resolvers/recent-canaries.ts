import type { Database } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';

/** What the canaries of recent runs said of a resolver. */
export interface CanaryFigures {
  /** Questions for names that exist, and how many of them were denied. */
  readonly positiveAsked: number;
  readonly falseNegatives: number;
  /** Questions for names that cannot exist, and how many of them were answered. */
  readonly absentAsked: number;
  readonly falsePositives: number;
  /** A run has flagged it: it invents answers. */
  readonly isLying: boolean;
}

const NOTHING: CanaryFigures = {
  positiveAsked: 0,
  falseNegatives: 0,
  absentAsked: 0,
  falsePositives: 0,
  isLying: false,
};

const rowsSchema = z.array(z.object({ key: z.string(), total: z.coerce.number() }));

/** DNS runs that go on, or ended within this time. */
const RECENT = '1 hour';

/** Canaries by resolver, from the figures that DNS runs have committed (`canary.<resolver>.<what>`, `lying.<resolver>`). */
export async function recentCanaries(db: Database): Promise<ReadonlyMap<string, CanaryFigures>> {
  const rows = await db.execute(sql`
    SELECT m.key, sum(m.value::bigint) AS total
    FROM phase_runs p
    JOIN campaigns c ON c.id = p.campaign_id AND c.deleted_at IS NULL
    JOIN batches b ON b.campaign_id = p.campaign_id AND b.phase = p.phase,
    jsonb_each_text(b.metrics) m
    WHERE p.phase = 'dns' AND (p.status = 'running' OR p.completed_at > now() - ${RECENT}::interval)
      AND (m.key LIKE 'canary.%' OR m.key LIKE 'lying.%')
    GROUP BY m.key`);
  const figures = new Map<string, CanaryFigures>();
  const add = (resolver: string, change: Partial<CanaryFigures>): void => {
    figures.set(resolver, { ...NOTHING, ...figures.get(resolver), ...change });
  };
  for (const { key, total } of rowsSchema.parse([...rows])) {
    const lying = /^lying\.(.+)$/.exec(key);
    if (lying?.[1] !== undefined) add(lying[1], { isLying: true });
    const canary = /^canary\.(.+)\.(positiveAsked|absentAsked|falseNegative|falsePositive)$/.exec(key);
    const [, resolver, what] = canary ?? [];
    if (resolver === undefined) continue;
    if (what === 'positiveAsked') add(resolver, { positiveAsked: total });
    else if (what === 'absentAsked') add(resolver, { absentAsked: total });
    else if (what === 'falseNegative') add(resolver, { falseNegatives: total });
    else add(resolver, { falsePositives: total });
  }
  return figures;
}
