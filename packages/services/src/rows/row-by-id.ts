import type { Database, Transaction } from '@domainflow/db/client.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { eq } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Actor } from '../operation/operation.ts';
import { requireEditor } from './edit-rules.ts';

type TableWithId = PgTable & { readonly id: PgColumn };
/** Drizzle cannot tell the row of a table that is a parameter: all of its columns. */
type RowOf<T extends PgTable> = T['$inferSelect'];

/** The row of this id; `NOT_FOUND` where there is none. `what` names it to people. */
export async function rowById<T extends TableWithId>(
  db: Database,
  table: T,
  id: string,
  what: string,
): Promise<RowOf<T>> {
  const [row] = (await db.select().from<PgTable>(table).where(eq(table.id, id))) as RowOf<T>[];
  if (row === undefined) throw notFound(what, id);
  return row;
}

/**
 * Makes what locks a row that its maker and administrators may change, and gives it. Everybody sees these rows, so
 * that a refusal may say why: `NOT_FOUND` where there is none, else `FORBIDDEN`.
 */
export const lockForEdit =
  <T extends TableWithId & { readonly $inferSelect: { readonly createdBy: string | null } }>(
    table: T,
    what: string,
  ) =>
  async (tx: Transaction, actor: Actor, id: string): Promise<RowOf<T>> => {
    const rows = await tx.select().from<PgTable>(table).where(eq(table.id, id)).for('update');
    const [row] = rows as RowOf<T>[];
    if (row === undefined) throw notFound(what, id);
    requireEditor(actor, row.createdBy, what);
    return row;
  };
