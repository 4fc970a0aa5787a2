import { personas } from '@domainflow/db/schema/persona.ts';
import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { rowById } from '../rows/row-by-id.ts';
import { personaViewOf, personaViewSchema } from './views.ts';

export const getPersona = query({
  name: 'personas.get',
  summary: 'One persona',
  rest: { method: 'GET', path: '/personas/{id}' },
  access: 'member',
  input: z.object({ id: personaIdSchema }),
  output: personaViewSchema,

  async run({ db }, { id }) {
    return personaViewOf(await rowById(db, personas, id, 'persona'));
  },
});
