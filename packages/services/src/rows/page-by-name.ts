import type { Database } from '@domainflow/db/client.ts';
import { and, asc, desc, gt, ilike, lt, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { containing } from './like-pattern.ts';
import { cutPage, decodeCursor, pagingInput } from './paging.ts';

/** Input of a list that is sorted by a unique name and searched in it. */
export const byNameInput = { ...pagingInput, search: z.string().trim().max(100).optional() };
type ByNameInput = z.output<z.ZodObject<typeof byNameInput>>;

interface Page {
  readonly where: SQL | undefined;
  readonly orderBy: SQL;
  readonly limit: number;
  readonly offset: number;
}

/** A page of rows by their unique name. `read` gets the rows of a page. */
export async function pageByName<Row extends { readonly name: string }>(
  db: Database,
  { limit, offset, cursor, order, search }: ByNameInput,
  name: PgColumn,
  read: (page: Page) => Promise<Row[]>,
): Promise<{ items: Row[]; nextCursor: string | null; total: number; totalExact: true }> {
  const matching = search ? ilike(name, containing(search)) : undefined;
  const last = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string()]))[0];
  const beyond = last === null ? undefined : (order === 'asc' ? gt : lt)(name, last);
  const found = await read({
    where: and(matching, beyond),
    orderBy: (order === 'asc' ? asc : desc)(name),
    limit: limit + 1,
    offset: last === null ? offset : 0,
  });
  const { rows: items, nextCursor } = cutPage(found, limit, (row) => [row.name]);
  return {
    items,
    nextCursor,
    total: await db.$count(name.table, matching),
    totalExact: true,
  };
}
