import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { keywordSetIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { lockKeywordSet } from './lock-keyword-set.ts';

export const deleteKeywordSet = mutation({
  name: 'keywordSets.delete',
  summary: 'Delete a keyword set; campaigns under way go on with what they started with',
  rest: { method: 'DELETE', path: '/keyword-sets/{id}' },
  access: 'member',
  input: z.object({ id: keywordSetIdSchema, version: z.int().optional() }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'keyword_set', entityId: id }),

  async run({ tx, actor }, { id, version }) {
    const row = await lockKeywordSet(tx, actor, id);
    requireVersion(row.version, version);
    await tx.delete(keywordSets).where(eq(keywordSets.id, id));
    return { deleted: true as const };
  },
});
