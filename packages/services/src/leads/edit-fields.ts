import type { Transaction } from '@domainflow/db/client.ts';
import { LEAD_STATES } from '@domainflow/db/schema/lead.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '../operation/operation.ts';

const MAX_TAGS = 50;

export const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .refine((tag) => !/[\p{Cc},]/u.test(tag) && tag.isWellFormed(), 'A tag has no comma and is one line.');
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
type Decision = z.output<typeof decisionSchema>;

/**
 * Makes a decision on the leads `l` of a FROM clause with its conditions; gives how many they are. `CONFLICT` where one would
 * have more tags than it may: then nothing is changed. Decisions of one person are made one after the other, so that they
 * do not wait for each other's leads in a circle.
 */
export async function decide(
  { tx, actor }: { readonly tx: Transaction; readonly actor: Actor },
  chosen: SQL,
  { state, addTags, removeTags }: Decision,
): Promise<number> {
  if (state === undefined && addTags.length === 0 && removeTags.length === 0)
    throw invalidInput('Say what is to be changed: state, addTags or removeTags.', 'state');
  const tags = sql`ARRAY(
    SELECT tag FROM unnest(l.tags || ${sql.param(addTags)}::text[]) WITH ORDINALITY AS given (tag, place)
    WHERE tag <> ALL (${sql.param(removeTags)}::text[])
    GROUP BY tag ORDER BY min(place))`;
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('lead decisions ' || ${actor.userId}::text, 0))`,
  );
  const [row] = await tx.execute<{ updated: number; overfull: number }>(sql`
    WITH changed AS (
      UPDATE leads l SET state = ${state === undefined ? sql`l.state` : state}, tags = ${tags},
        version = l.version + 1, updated_at = now()
      WHERE l.id IN (SELECT l.id FROM ${chosen})
      RETURNING cardinality(l.tags) AS tags)
    SELECT count(*)::int AS updated, count(*) FILTER (WHERE tags > ${MAX_TAGS})::int AS overfull FROM changed`);
  if (row !== undefined && row.overfull > 0)
    throw new DomainFlowError(
      'CONFLICT',
      `${row.overfull} of them would have more than ${MAX_TAGS} tags: nothing was changed.`,
      { field: 'addTags' },
    );
  return row?.updated ?? 0;
}
