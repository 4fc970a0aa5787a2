import { LEAD_STATES } from '@domainflow/db/schema/lead.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

export const MAX_TAGS = 50;

export const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .refine((tag) => !/[\0,]/.test(tag) && tag.isWellFormed(), 'Not a tag.');
export const tagsSchema = z
  .array(tagSchema)
  .max(MAX_TAGS)
  .transform((tags) => [...new Set(tags)]);

/** A decision on many leads at once. */
export const decisionFields = {
  state: z.enum(LEAD_STATES).optional(),
  addTags: tagsSchema.default([]),
  removeTags: tagsSchema.default([]),
};
const decisionSchema = z.object(decisionFields);
export type Decision = z.output<typeof decisionSchema>;

/** The SET clause of a decision on leads `l`; a lead keeps its first 50 tags. */
export function decisionSet({ state, addTags, removeTags }: Decision): SQL {
  if (state === undefined && addTags.length === 0 && removeTags.length === 0)
    throw invalidInput('Say what is to be changed: state, addTags or removeTags.', 'state');
  const tags = sql`ARRAY(
    SELECT tag FROM unnest(l.tags || ${sql.param(addTags)}::text[]) WITH ORDINALITY AS given (tag, place)
    WHERE tag <> ALL (${sql.param(removeTags)}::text[])
    GROUP BY tag ORDER BY min(place) LIMIT ${MAX_TAGS})`;
  return sql`
    state = ${state === undefined ? sql`l.state` : state}, tags = ${tags},
    version = l.version + 1, updated_at = now()`;
}
