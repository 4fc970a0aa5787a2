import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { keywordSetIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { nameFields, refuseTakenName } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import { lockKeywordSet } from './lock-keyword-set.ts';
import { checkRules, rulesSchema } from './rules-input.ts';
import { keywordSetViewOf, keywordSetViewSchema } from './views.ts';

export const updateKeywordSet = mutation({
  name: 'keywordSets.update',
  summary: 'Change a keyword set; campaigns under way go on with what they started with',
  rest: { method: 'PUT', path: '/keyword-sets/{id}' },
  access: 'member',
  input: z.object({
    id: keywordSetIdSchema,
    version: z.int(),
    name: nameFields.name.optional(),
    description: nameFields.description.optional(),
    /** All of them: what is not in the list is gone. */
    rules: rulesSchema.optional(),
  }),
  output: keywordSetViewSchema,
  audit: ({ id }, output) => ({
    entity: 'keyword_set',
    entityId: id,
    details: { name: output.name, version: output.version, rules: output.ruleCount },
  }),

  async run({ tx, actor }, { id, version, name, description, rules }) {
    const before = await lockKeywordSet(tx, actor, id);
    requireVersion(before.version, version);
    if (rules !== undefined) await checkRules(rules);
    const updated = await tx
      .update(keywordSets)
      .set({
        name: name ?? before.name,
        description: description ?? before.description,
        rules: rules ?? before.rules,
        version: before.version + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(keywordSets.id, id))
      .returning()
      .catch(refuseTakenName('keyword_sets_name_unique', 'keyword set', name ?? before.name));
    return keywordSetViewOf(writtenRow(updated));
  },
});
