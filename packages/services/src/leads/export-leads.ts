import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import {
  LEAD_EXPORT_COLUMNS,
  type LeadExportColumn,
} from '@domainflow/domain/scoring/lead-export-columns.ts';
import { type SQL, sql as statement } from 'drizzle-orm';
import { z } from 'zod';
import { EXPORT_FORMATS, type ExportFile, exportFile } from '../campaigns/export/export-file.ts';
import { isoInstant, type LineColumn } from '../campaigns/export/line-columns.ts';
import type { CopyDeps } from '../campaigns/export/stream-copy.ts';
import type { Actor } from '../operation.ts';
import { anySuppressed } from '../suppressions/any-suppressed.ts';
import { suppressedCondition } from '../suppressions/suppressed-condition.ts';
import { leadConditions, leadFilters, visibleCampaigns } from './lead-filters.ts';

/** Values of contacts of a kind, several in one cell with a blank between, without what is suppressed. */
function contactsOf(kind: 'email' | 'phone' | 'social', isSuppressing: boolean): SQL {
  const kept =
    kind === 'email' && isSuppressing
      ? statement`AND NOT EXISTS (
            SELECT FROM suppressions WHERE digest = sha256(convert_to(lower(c->>'value'), 'UTF8')))
          AND NOT ${statement.raw(suppressedCondition("split_part(lower(c->>'value'), '@', 2)"))}`
      : statement``;
  return statement`(
    SELECT string_agg(c->>'value', ' ') FROM jsonb_array_elements(l.contacts) AS c
    WHERE c->>'kind' = ${statement.raw(`'${kind}'`)} ${kept})`;
}

const listOf = (column: SQL, field: SQL): SQL =>
  statement`(SELECT string_agg(DISTINCT e->>${field}, '; ') FROM jsonb_array_elements(${column}) AS e)`;

const COLUMNS: Readonly<Record<LeadExportColumn, (isSuppressing: boolean) => Omit<LineColumn, 'name'>>> = {
  domain: () => ({ value: statement`l.domain`, kind: 'text' }),
  url: () => ({ value: statement`l.url`, kind: 'text' }),
  title: () => ({ value: statement`l.title`, kind: 'text' }),
  organisation: () => ({ value: statement`l.organisation`, kind: 'text' }),
  score: () => ({ value: statement`l.score`, kind: 'number' }),
  state: () => ({ value: statement`l.state`, kind: 'token' }),
  tags: () => ({ value: statement`nullif(array_to_string(l.tags, ', '), '')`, kind: 'text' }),
  notes: () => ({ value: statement`nullif(l.notes, '')`, kind: 'text' }),
  emails: (isSuppressing) => ({ value: contactsOf('email', isSuppressing), kind: 'text' }),
  phones: (isSuppressing) => ({ value: contactsOf('phone', isSuppressing), kind: 'text' }),
  social: (isSuppressing) => ({ value: contactsOf('social', isSuppressing), kind: 'text' }),
  keywords: () => ({ value: listOf(statement`l.keyword_matches`, statement`'keyword'`), kind: 'text' }),
  technologies: () => ({ value: listOf(statement`l.technologies`, statement`'name'`), kind: 'text' }),
  language: () => ({ value: statement`l.language`, kind: 'text' }),
  country: () => ({ value: statement`l.country`, kind: 'text' }),
  groupId: () => ({ value: statement`l.group_id::text`, kind: 'token' }),
  leadId: () => ({ value: statement`l.id::text`, kind: 'token' }),
  campaignId: () => ({ value: statement`l.campaign_id::text`, kind: 'token' }),
  lastProcessedAt: () => ({ value: isoInstant(statement`l.last_processed_at`), kind: 'token' }),
};

export const leadExportInput = z.object({
  format: z.enum(EXPORT_FORMATS).default('csv'),
  /** Which columns, in this order; all where absent. */
  columns: z
    .array(z.enum(LEAD_EXPORT_COLUMNS))
    .min(1)
    .max(LEAD_EXPORT_COLUMNS.length)
    .default([...LEAD_EXPORT_COLUMNS]),
  ...leadFilters,
});
export type LeadExportInput = z.output<typeof leadExportInput>;

/**
 * The leads that the actor sees and the filters match as a file, by campaign and best first, without suppressed domains
 * and addresses. That they were exported is in the audit log before the first row leaves.
 */
export async function exportLeads(
  deps: CopyDeps,
  actor: Actor,
  { format, columns, ...filters }: LeadExportInput,
  ipAddress: string | null,
): Promise<ExportFile> {
  const { db } = deps;
  await db.insert(auditLogs).values({
    userId: actor.userId,
    action: 'leads.export',
    entity: 'lead',
    entityId: null,
    ipAddress,
    details: { format, columns, filters },
  });
  const isSuppressing = await anySuppressed(db);
  const unsuppressed = isSuppressing
    ? statement`AND NOT ${statement.raw(suppressedCondition('l.domain'))}`
    : statement``;
  return exportFile(deps, {
    format,
    name: 'leads',
    columns: columns.map((name) => ({ name, ...COLUMNS[name](isSuppressing) })),
    // Campaign by campaign, each read by its index of scores: nothing is sorted, and what others have is not read.
    from: statement`
      (${visibleCampaigns(actor, filters.campaignId)} ORDER BY c.id DESC) AS c
      CROSS JOIN LATERAL (
        SELECT l.* FROM leads l WHERE l.campaign_id = c.id AND ${leadConditions(filters)} ${unsuppressed}
        ORDER BY l.score DESC, l.ordinal DESC) AS l`,
  });
}
