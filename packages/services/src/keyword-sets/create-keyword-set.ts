import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { nameFields, nameTaken } from '../rows/unique-name.ts';
import { checkRules, rulesSchema } from './rules-input.ts';
import { keywordSetViewOf, keywordSetViewSchema } from './views.ts';

export const createKeywordSet = mutation({
  name: 'keywordSets.create',
  summary: 'Create a keyword set',
  rest: { method: 'POST', path: '/keyword-sets', status: 201 },
  access: 'member',
  input: z.object({
    name: nameFields.name,
    description: nameFields.description.default(''),
    rules: rulesSchema,
  }),
  output: keywordSetViewSchema,
  audit: ({ name, rules }, output) => ({
    entity: 'keyword_set',
    entityId: output.keywordSetId,
    details: { name, rules: rules.length },
  }),

  async run({ tx, actor }, { name, description, rules }) {
    await checkRules(rules);
    const [row] = await tx
      .insert(keywordSets)
      .values({ name, description, rules, createdBy: actor.userId })
      .onConflictDoNothing({ target: keywordSets.name })
      .returning();
    if (row === undefined) throw nameTaken('keyword set', name);
    return keywordSetViewOf(row);
  },
});
