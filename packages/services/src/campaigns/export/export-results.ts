import type { Database } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { sql as statement } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { z } from 'zod';
import type { Actor } from '../../operation.ts';
import { anySuppressed } from '../../suppressions/any-suppressed.ts';
import { suppressedCondition } from '../../suppressions/suppressed-condition.ts';
import { domainConditions, domainFilters, matchingDomains, withResults } from '../domains/domain-filters.ts';
import { readWaiting, within } from '../domains/ledger-counts.ts';
import { phasesOfCampaign } from '../domains/list-domains.ts';
import { requireVisible } from '../reading/read-campaign.ts';
import { domainColumns } from './domain-columns.ts';
import { EXPORT_COLUMNS } from './export-columns.ts';
import { EXPORT_FORMATS, type ExportFile, exportFile } from './export-file.ts';

export const exportInput = z.object({
  id: campaignIdSchema,
  format: z.enum(EXPORT_FORMATS).default('csv'),
  /** Which columns, in this order; all where absent. */
  columns: z
    .array(z.enum(EXPORT_COLUMNS))
    .min(1)
    .max(EXPORT_COLUMNS.length)
    .default([...EXPORT_COLUMNS]),
  ...domainFilters,
});
export type ExportInput = z.output<typeof exportInput>;

export interface ExportDeps {
  readonly db: Database;
  /** Cursors need a connection of their own, for as long as the reader takes. */
  readonly sql: Sql;
}

/**
 * The results of a campaign as a file, without what is suppressed. `NOT_FOUND` where the actor does not see the campaign;
 * that it was exported is in the audit log before the first row leaves.
 */
export async function exportResults(
  { db, sql }: ExportDeps,
  actor: Actor,
  input: ExportInput,
  ipAddress: string | null,
): Promise<ExportFile> {
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
  const matching = statement`
    SELECT d.ordinal, d.name FROM ${matchingDomains(id, conditions)} WHERE ${statement.join(where, statement` AND `)}`;
  return exportFile(sql, {
    format,
    name: `domains-${id}`,
    columns: domainColumns(columns, phases),
    from: statement`${withResults(id, matching)} ORDER BY d.ordinal`,
  });
}
