import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { type SQL, sql as statement } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '../../operation/operation.ts';
import { anySuppressed } from '../../suppressions/any-suppressed.ts';
import { suppressedCondition } from '../../suppressions/suppressed-condition.ts';
import { domainConditions, domainFilters, RESULT_ALIASES } from '../domains/domain-filters.ts';
import { readWaiting, within } from '../domains/ledger-counts.ts';
import { phasesOfCampaign } from '../domains/list-domains.ts';
import { requireVisible } from '../reading/read-campaign.ts';
import { chosenColumns } from './chosen-columns.ts';
import { domainColumns } from './domain-columns.ts';
import { EXPORT_COLUMNS } from './export-columns.ts';
import { EXPORT_FORMATS, type ExportFile, exportFile } from './export-file.ts';
import type { CopyDeps } from './stream-copy.ts';

export const exportInput = z.object({
  id: campaignIdSchema,
  format: z.enum(EXPORT_FORMATS).default('csv'),
  /** Which columns, in this order; all where absent. */
  columns: chosenColumns(EXPORT_COLUMNS),
  ...domainFilters,
});
export type ExportInput = z.output<typeof exportInput>;

/**
 * The results of a campaign as a file, without what is suppressed. `NOT_FOUND` where the actor does not see the campaign;
 * that it was exported is in the audit log before the first row leaves.
 */
export async function exportResults(
  deps: CopyDeps,
  actor: Actor,
  input: ExportInput,
  ipAddress: string | null,
): Promise<ExportFile> {
  const { db } = deps;
  await requireVisible(db, actor, input.id);
  const { id, format, columns, ...filters } = input;
  const phases = await phasesOfCampaign(db, id);
  await db.insert(auditLogs).values({
    userId: actor.userId,
    action: 'campaigns.export',
    entity: 'campaign',
    entityId: id,
    ipAddress,
    details: { format, columns, filters },
  });
  const conditions = domainConditions(filters);
  const waiting = conditions.pendingIn === null ? null : await readWaiting(db, id, conditions.pendingIn);
  const where = [statement`d.campaign_id = ${id}::uuid`, ...conditions.where, ...within(waiting)];
  if (await anySuppressed(db)) where.push(statement`NOT ${statement.raw(suppressedCondition('d.name'))}`);
  return exportFile(deps, {
    format,
    name: `domains-${id}`,
    columns: domainColumns(columns, phases),
    from: statement`domains d ${withAllResults(id)} WHERE ${statement.join(where, statement` AND `)} ORDER BY d.ordinal`,
    settings: MERGED,
  });
}

/** Results are merged with domains in the order of their indexes, whatever the planner thinks of tables not counted yet. */
const MERGED = ['SET LOCAL enable_nestloop = off', 'SET LOCAL enable_hashjoin = off'];

/** Joins that PostgreSQL can merge in one pass over each phase, and leaves out where nothing is asked of them. */
const withAllResults = (campaignId: string): SQL =>
  statement.join(
    Object.entries(RESULT_ALIASES).map(
      ([phase, alias]) => statement`
        LEFT JOIN results ${alias}
          ON ${alias}.campaign_id = ${campaignId}::uuid AND ${alias}.phase = ${phase} AND ${alias}.ordinal = d.ordinal`,
    ),
    statement` `,
  );
