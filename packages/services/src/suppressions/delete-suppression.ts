import { suppressions } from '@domainflow/db/schema/suppression.ts';
import { suppressionIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

const lockSuppression = lockForEdit(suppressions, 'suppression');

export const deleteSuppression = mutation({
  name: 'suppressions.delete',
  summary: 'Let a domain or address be fetched, listed and exported again',
  rest: { method: 'DELETE', path: '/suppressions/{id}' },
  access: 'member',
  input: z.object({ id: suppressionIdSchema }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'suppression', entityId: id }),

  async run({ tx, actor }, { id }) {
    await lockSuppression(tx, actor, id);
    await tx.delete(suppressions).where(eq(suppressions.id, id));
    return { deleted: true as const };
  },
});
