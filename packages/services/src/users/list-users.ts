import { users } from '@domainflow/db/schema/account.ts';
import { getTableColumns } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { byNameInput, pageByName } from '../rows/page-by-name.ts';
import { pageOf } from '../rows/paging.ts';
import { userViewOf, userViewSchema } from './views.ts';

export const listUsers = query({
  name: 'users.list',
  summary: 'All users, by name',
  rest: { method: 'GET', path: '/users' },
  access: 'admin',
  input: z.object({ ...byNameInput, search: z.string().trim().max(64).optional() }),
  output: pageOf(userViewSchema),

  async run({ db }, input) {
    const columns = { ...getTableColumns(users), name: users.username };
    const page = await pageByName(db, input, users.username, ({ where, orderBy, limit, offset }) =>
      db.select(columns).from(users).where(where).orderBy(orderBy).limit(limit).offset(offset),
    );
    return { ...page, items: page.items.map(userViewOf) };
  },
});
