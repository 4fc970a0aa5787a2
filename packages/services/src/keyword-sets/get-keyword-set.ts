import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { keywordSetIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation.ts';
import { keywordSetViewOf, keywordSetViewSchema } from './views.ts';

export const getKeywordSet = query({
  name: 'keywordSets.get',
  summary: 'One keyword set with its rules',
  rest: { method: 'GET', path: '/keyword-sets/{id}' },
  access: 'member',
  input: z.object({ id: keywordSetIdSchema }),
  output: keywordSetViewSchema,

  async run({ db }, { id }) {
    const [row] = await db.select().from(keywordSets).where(eq(keywordSets.id, id));
    if (row === undefined) throw notFound('keyword set', id);
    return keywordSetViewOf(row);
  },
});
