import { users } from '@domainflow/db/schema/account.ts';
import { and, asc, count, desc, gt, ilike, lt, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { containing } from '../like-pattern.ts';
import { query } from '../operation.ts';
import { decodeCursor, encodeCursor, pageOf, pagingInput } from '../paging.ts';
import { userViewOf, userViewSchema } from './views.ts';

export const listUsers = query({
  name: 'users.list',
  summary: 'All users, by name',
  rest: { method: 'GET', path: '/users' },
  access: 'admin',
  input: z.object({ ...pagingInput, search: z.string().trim().max(64).optional() }),
  output: pageOf(userViewSchema),

  async run({ db }, { limit, offset, cursor, order, search }) {
    const matching: SQL | undefined = search ? ilike(users.username, containing(search)) : undefined;
    const last = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string()]))[0];
    const beyond = last === null ? undefined : (order === 'asc' ? gt : lt)(users.username, last);
    const rows = await db
      .select()
      .from(users)
      .where(and(matching, beyond))
      .orderBy((order === 'asc' ? asc : desc)(users.username))
      .limit(limit + 1)
      .offset(last === null ? offset : 0);
    const [counted] = await db.select({ total: count() }).from(users).where(matching);
    const items = rows.slice(0, limit);
    const lastItem = items.at(-1);
    return {
      items: items.map(userViewOf),
      nextCursor: rows.length > limit && lastItem ? encodeCursor([lastItem.username]) : null,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});
