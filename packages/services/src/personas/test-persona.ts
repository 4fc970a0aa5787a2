import { personas } from '@domainflow/db/schema/persona.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { runPersonaTest } from '../probes/run-persona-test.ts';
import { testInput } from '../probes/test-input.ts';
import { type PersonaTest, personaTestSchema } from '../probes/test-result.ts';

export const testPersona = mutation({
  name: 'personas.test',
  summary: 'Try a persona out: ask each of its resolvers, or fetch a page with it',
  rest: { method: 'POST', path: '/personas/{id}/test' },
  access: 'member',
  input: z.object({ id: personaIdSchema, ...testInput }),
  output: personaTestSchema,
  audit: ({ id }, { kind, ok }) => ({ entity: 'persona', entityId: id, details: { kind, ok } }),

  async prepare(ctx, { id, ...options }): Promise<PersonaTest> {
    const [row] = await ctx.db.select().from(personas).where(eq(personas.id, id));
    if (row === undefined) throw notFound('persona', id);
    return runPersonaTest(ctx, row.kind, row.config, options);
  },
  run: (_ctx, _input, result) => Promise.resolve(result),
});
