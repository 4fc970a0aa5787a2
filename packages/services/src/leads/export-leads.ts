import type { Database } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { leadIdSchema } from '@domainflow/domain/ids.ts';
import {
  LEAD_EXPORT_COLUMNS,
  type LeadExportColumn,
} from '@domainflow/domain/scoring/lead-export-columns.ts';
import { type SQL, sql as statement } from 'drizzle-orm';
import { z } from 'zod';
import { chosenColumns } from '../campaigns/export/chosen-columns.ts';
import { EXPORT_FORMATS, type ExportFile, exportFile } from '../campaigns/export/export-file.ts';
import { isoInstant, type LineColumn } from '../campaigns/export/line-columns.ts';
import type { CopyDeps } from '../campaigns/export/stream-copy.ts';
import type { Actor } from '../operation/operation.ts';
import { countUpTo } from '../rows/count-rows.ts';
import { anySuppressed } from '../suppressions/any-suppressed.ts';
import { suppressedCondition } from '../suppressions/suppressed-condition.ts';
import { leadConditions, leadFilters, visibleCampaigns } from './lead-filters.ts';

/** Values of contacts of a kind, several in one cell with a blank between, without what is suppressed. */
function contactsOf(kind: 'email' | 'phone' | 'social', isSuppressing: boolean): SQL {
  if (kind === 'email' && isSuppressing)
    return statement`(
      SELECT string_agg(c->>'value', ' ') FROM jsonb_array_elements(l.contacts) AS c
      WHERE c->>'kind' = 'email'
        AND NOT EXISTS (
          SELECT FROM suppressions WHERE digest = sha256(convert_to(lower(c->>'value'), 'UTF8')))
        AND NOT ${statement.raw(suppressedCondition("split_part(lower(c->>'value'), '@', 2)"))})`;
  // A path is a third of the work of taking the array apart; most leads have one value of a kind, or none.
  return statement`(
    SELECT CASE jsonb_array_length(found) WHEN 0 THEN NULL WHEN 1 THEN found->>0
      ELSE (SELECT string_agg(value, ' ') FROM jsonb_array_elements_text(found) AS value) END
    FROM (SELECT jsonb_path_query_array(l.contacts, ${statement.raw(`'$[*] ? (@.kind == "${kind}").value'`)}) AS found OFFSET 0)
      AS of)`;
}

const listOf = (column: SQL, field: SQL): SQL =>
  statement`(SELECT string_agg(DISTINCT e->>${field}, '; ') FROM jsonb_array_elements(${column}) AS e)`;

const COLUMNS: Readonly<Record<LeadExportColumn, (isSuppressing: boolean) => Omit<LineColumn, 'name'>>> = {
  domain: () => ({ value: statement`l.domain`, kind: 'text' }),
  url: () => ({ value: statement`l.url`, kind: 'text' }),
  title: () => ({ value: statement`l.title`, kind: 'text' }),
  organisation: () => ({ value: statement`l.organisation`, kind: 'text' }),
  score: () => ({ value: statement`l.score`, kind: 'literal' }),
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
  columns: chosenColumns(LEAD_EXPORT_COLUMNS),
  /** Only these; with filters, those of them that match. */
  leadIds: z.array(leadIdSchema).min(1).max(10_000).optional(),
  /**
   * `score`: of each campaign the best first; `stored`: as they lie in the database, which is read in a fraction of the
   * time. Where absent, the best come first up to 100,000 leads.
   */
  sort: z.enum(['score', 'stored']).optional(),
  ...leadFilters,
});
export type LeadExportInput = z.output<typeof leadExportInput>;

/** Leads that are put into an order unasked: more take longer in the order of scores than it is worth. */
const SORTED_UNASKED = 100_000;

/**
 * The leads that the actor sees and the filters match as a file, by campaign, without suppressed domains and addresses.
 * That they were exported is in the audit log before the first row leaves.
 */
export async function exportLeads(
  deps: CopyDeps,
  actor: Actor,
  { format, columns, leadIds, sort, ...filters }: LeadExportInput,
  ipAddress: string | null,
): Promise<ExportFile> {
  const { db } = deps;
  await db.insert(auditLogs).values({
    userId: actor.userId,
    action: 'leads.export',
    entity: 'lead',
    entityId: null,
    ipAddress,
    details: { format, columns, filters, ...(leadIds === undefined ? {} : { leads: leadIds.length }) },
  });
  const isSuppressing = await anySuppressed(db);
  const unsuppressed = isSuppressing
    ? statement`AND NOT ${statement.raw(suppressedCondition('l.domain'))}`
    : statement``;
  const campaigns = visibleCampaigns(actor, filters.campaignId);
  const conditions = statement`${leadConditions(filters)} ${unsuppressed}`;
  const chosen = statement`
    leads l WHERE l.id = ANY(${statement.param(leadIds ?? [])}::uuid[]) AND l.campaign_id IN (${campaigns}) AND ${conditions}
    ORDER BY l.score DESC, l.id`;
  return exportFile(deps, {
    format,
    name: 'leads',
    columns: columns.map((name) => ({ name, ...COLUMNS[name](isSuppressing) })),
    from:
      leadIds === undefined
        ? byCampaign(campaigns, conditions, sort ?? (await defaultSort(db, campaigns, conditions)))
        : chosen,
  });
}

/** Campaign by campaign, each read by an index of its own: nothing is sorted, and what others have is not read. */
function byCampaign(campaigns: SQL, conditions: SQL, sort: 'score' | 'stored'): SQL {
  const order =
    sort === 'score' ? statement`l.score DESC, l.ordinal DESC` : statement`l.campaign_id, l.ordinal`;
  return statement`
    (${campaigns} ORDER BY c.id DESC) AS c
    CROSS JOIN LATERAL (
      SELECT l.* FROM leads l WHERE l.campaign_id = c.id AND ${conditions} ORDER BY ${order}) AS l`;
}

async function defaultSort(db: Database, campaigns: SQL, conditions: SQL): Promise<'score' | 'stored'> {
  const matching = statement`leads l WHERE l.campaign_id IN (${campaigns}) AND ${conditions}`;
  return (await countUpTo(db, matching, SORTED_UNASKED)) > SORTED_UNASKED ? 'stored' : 'score';
}
