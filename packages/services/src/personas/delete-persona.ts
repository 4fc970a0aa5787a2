import { personas } from '@domainflow/db/schema/persona.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { lockPersona } from './lock-persona.ts';

export const deletePersona = mutation({
  name: 'personas.delete',
  summary: 'Delete a persona; campaigns under way go on with what they started with',
  rest: { method: 'DELETE', path: '/personas/{id}' },
  access: 'member',
  input: z.object({ id: personaIdSchema, version: z.int().optional() }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'persona', entityId: id }),

  async run({ tx, actor }, { id, version }) {
    const row = await lockPersona(tx, actor, id);
    requireVersion(row.version, version);
    if (row.isDefault) {
      throw new DomainFlowError(
        'CONFLICT',
        `This is the default ${row.kind} persona: make another one the default first.`,
      );
    }
    await tx.delete(personas).where(eq(personas.id, id));
    return { deleted: true as const };
  },
});
