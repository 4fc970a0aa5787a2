import { suppressions } from '@domainflow/db/schema/suppression.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { suppressionIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { requireEditor } from '../edit-rules.ts';
import { mutation } from '../operation.ts';

export const deleteSuppression = mutation({
  name: 'suppressions.delete',
  summary: 'Let a domain or address be fetched, listed and exported again',
  rest: { method: 'DELETE', path: '/suppressions/{id}' },
  access: 'member',
  input: z.object({ id: suppressionIdSchema }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'suppression', entityId: id }),

  async run({ tx, actor }, { id }) {
    const [row] = await tx
      .select({ createdBy: suppressions.createdBy })
      .from(suppressions)
      .where(eq(suppressions.id, id))
      .for('update');
    if (row === undefined) throw notFound('suppression', id);
    requireEditor(actor, row.createdBy, 'suppression');
    await tx.delete(suppressions).where(eq(suppressions.id, id));
    return { deleted: true as const };
  },
});
