import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { z } from 'zod';
import { mutation } from '../operation.ts';
import { checkRules, keywordSetFields, rulesSchema } from './rules-input.ts';
import { keywordSetViewOf, keywordSetViewSchema } from './views.ts';

export const createKeywordSet = mutation({
  name: 'keywordSets.create',
  summary: 'Create a keyword set',
  rest: { method: 'POST', path: '/keyword-sets', status: 201 },
  access: 'member',
  input: z.object({
    name: keywordSetFields.name,
    description: keywordSetFields.description.default(''),
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
    if (row === undefined) throw nameTaken(name);
    return keywordSetViewOf(row);
  },
});

export const nameTaken = (name: string): DomainFlowError =>
  new DomainFlowError('CONFLICT', `There is a keyword set called ${JSON.stringify(name)} already.`, {
    field: 'name',
  });
