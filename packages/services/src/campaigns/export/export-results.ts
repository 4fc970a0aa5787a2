import type { Database } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { sql as statement } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { z } from 'zod';
import type { Actor } from '../../operation.ts';
import { domainConditions, domainFilters, matchingDomains, withResults } from '../domains/domain-filters.ts';
import { DOMAIN_COLUMNS, type DomainRecord, domainRow } from '../domains/domain-row.ts';
import { readWaiting, within } from '../domains/ledger-counts.ts';
import { phasesOfCampaign } from '../domains/list-domains.ts';
import { requireVisible } from '../reading/read-campaign.ts';
import { EXPORT_COLUMNS } from './export-columns.ts';
import { EXPORT_FORMATS, ROW_FORMATS } from './row-formats.ts';

/** Rows read from the database at once: what an export holds in memory. */
const ROWS_A_CHUNK = 2_000;

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

export interface ExportFile {
  readonly contentType: string;
  readonly filename: string;
  /** Cancelling it frees the database connection. */
  readonly body: ReadableStream<Uint8Array>;
}

export interface ExportDeps {
  readonly db: Database;
  /** Cursors need a connection of their own, for as long as the reader takes. */
  readonly sql: Sql;
}

/**
 * The results of a campaign as a file, streamed with memory that does not grow with it. `NOT_FOUND` where the actor
 * does not see the campaign; that it was exported is in the audit log before the first row leaves.
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
  const matching = statement`
    SELECT d.ordinal, d.name FROM ${matchingDomains(id, conditions)} WHERE ${statement.join(where, statement` AND `)}`;
  const query = new PgDialect().sqlToQuery(statement`
    SELECT ${DOMAIN_COLUMNS} FROM ${withResults(id, matching)} ORDER BY d.ordinal`);
  const selected = sql.unsafe<DomainRecord[]>(query.sql, query.params as never[]);
  const rows = selected.cursor(ROWS_A_CHUNK)[Symbol.asyncIterator]();
  let failure: Error | null = null;
  const rowFormat = ROW_FORMATS[format];
  const encoder = new TextEncoder();
  let isFirst = true;
  let underWay: Promise<unknown> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const head = rowFormat.begin(columns);
      if (head !== '') controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      const reading = rows.next();
      underWay = reading;
      const next = await reading;
      if (next.done === true) {
        if (failure !== null) throw failure;
        if (rowFormat.end !== '') controller.enqueue(encoder.encode(rowFormat.end));
        controller.close();
        return;
      }
      // Should the connection break before the next read, postgres-js tells nobody and says then that this was all.
      void Object.assign(selected, {
        reject: (error: Error) => {
          failure = error;
          void Object.assign(selected, { active: false });
        },
      });
      const chunk = next.value.map((record) => domainRow(record, phases));
      controller.enqueue(encoder.encode(rowFormat.rows(chunk, columns, isFirst)));
      isFirst = false;
    },
    async cancel() {
      // A cursor can be closed between two reads only: closed during one, it would keep its connection for ever.
      await underWay?.catch(() => undefined);
      await rows.return?.();
    },
  });
  return { contentType: rowFormat.contentType, filename: `domains-${id}.${format}`, body };
}
