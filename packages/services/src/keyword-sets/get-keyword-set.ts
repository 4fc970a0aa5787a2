import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { keywordSetIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { rowById } from '../rows/row-by-id.ts';
import { keywordSetViewOf, keywordSetViewSchema } from './views.ts';

export const getKeywordSet = query({
  name: 'keywordSets.get',
  summary: 'One keyword set with its rules',
  rest: { method: 'GET', path: '/keyword-sets/{id}' },
  access: 'member',
  input: z.object({ id: keywordSetIdSchema }),
  output: keywordSetViewSchema,

  async run({ db }, { id }) {
    return keywordSetViewOf(await rowById(db, keywordSets, id, 'keyword set'));
  },
});
