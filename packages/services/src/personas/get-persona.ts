import { personas } from '@domainflow/db/schema/persona.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation.ts';
import { personaViewOf, personaViewSchema } from './views.ts';

export const getPersona = query({
  name: 'personas.get',
  summary: 'One persona',
  rest: { method: 'GET', path: '/personas/{id}' },
  access: 'member',
  input: z.object({ id: personaIdSchema }),
  output: personaViewSchema,

  async run({ db }, { id }) {
    const [row] = await db.select().from(personas).where(eq(personas.id, id));
    if (row === undefined) throw notFound('persona', id);
    return personaViewOf(row);
  },
});
