import { personas } from '@domainflow/db/schema/persona.ts';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { nameFields, nameTaken } from '../rows/unique-name.ts';
import { requireAllowedResolvers } from './allowed-resolvers.ts';
import { configSchemas } from './config-schemas.ts';
import { clearDefault, requireAdminForDefault } from './default-persona.ts';
import { robotsOverride } from './robots-override.ts';
import { personaViewOf, personaViewSchema } from './views.ts';

const common = {
  name: nameFields.name,
  description: nameFields.description.default(''),
  isDefault: z.boolean().default(false),
};

export const createPersona = mutation({
  name: 'personas.create',
  summary: 'Create a persona: how DNS is asked, or how pages are fetched',
  rest: { method: 'POST', path: '/personas', status: 201 },
  access: 'member',
  input: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('dns'), ...common, config: configSchemas.dns.prefault({}) }),
    z.object({ kind: z.literal('http'), ...common, config: configSchemas.http.prefault({}) }),
  ]),
  output: personaViewSchema,
  audit: ({ kind, name, config }, output) => ({
    entity: 'persona',
    entityId: output.personaId,
    details: { kind, name, ...robotsOverride(config) },
  }),

  async run({ tx, actor, probes }, { kind, name, description, config, isDefault }) {
    requireAllowedResolvers(probes, config);
    if (isDefault) {
      requireAdminForDefault(actor);
      await clearDefault(tx, kind, null);
    }
    const [row] = await tx
      .insert(personas)
      .values({ kind, name, description, config, isDefault, createdBy: actor.userId })
      .onConflictDoNothing({ target: [personas.kind, personas.name] })
      .returning();
    if (row === undefined) throw nameTaken(`${kind} persona`, name);
    return personaViewOf(row);
  },
});
