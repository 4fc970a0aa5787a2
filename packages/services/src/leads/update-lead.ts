import { LEAD_STATES, leads } from '@domainflow/db/schema/lead.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { leadIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { leadViewSchema } from '../campaigns/views.ts';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { writtenRow } from '../rows/written-row.ts';
import { tagsSchema } from './edit-fields.ts';
import { findLead } from './find-lead.ts';
import { leadView } from './lead-views.ts';

export const updateLead = mutation({
  name: 'leads.update',
  summary: 'Change state, tags or notes of a lead',
  rest: { method: 'PUT', path: '/leads/{id}' },
  access: 'member',
  input: z.object({
    id: leadIdSchema,
    version: z.int(),
    state: z.enum(LEAD_STATES).optional(),
    /** All of them: what is not in the list is gone. */
    tags: tagsSchema.optional(),
    notes: z.string().max(10_000).optional(),
  }),
  output: leadViewSchema,
  audit: ({ id, state, tags }) => ({
    entity: 'lead',
    entityId: id,
    details: { ...(state === undefined ? {} : { state }), ...(tags === undefined ? {} : { tags }) },
  }),

  async run({ tx, actor }, { id, version, ...changes }) {
    await findLead(tx, actor, id);
    const [before] = await tx.select().from(leads).where(eq(leads.id, id)).for('update');
    if (before === undefined) throw notFound('lead', id);
    requireVersion(before.version, version);
    const updated = await tx
      .update(leads)
      .set({
        state: changes.state ?? before.state,
        tags: changes.tags ?? before.tags,
        notes: changes.notes ?? before.notes,
        version: before.version + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(leads.id, id))
      .returning();
    return leadView(tx, writtenRow(updated));
  },
});
