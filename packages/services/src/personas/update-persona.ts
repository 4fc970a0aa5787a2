import { personas } from '@domainflow/db/schema/persona.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { nameFields, refuseTakenName } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import { requireAllowedResolvers } from './allowed-resolvers.ts';
import { parsePersonaConfig } from './config-schemas.ts';
import { clearDefault, requireAdminForDefault } from './default-persona.ts';
import { lockPersona } from './lock-persona.ts';
import { robotsOverride } from './robots-override.ts';
import { personaViewOf, personaViewSchema } from './views.ts';

export const updatePersona = mutation({
  name: 'personas.update',
  summary: 'Change a persona; campaigns under way go on with what they started with',
  rest: { method: 'PUT', path: '/personas/{id}' },
  access: 'member',
  input: z.object({
    id: personaIdSchema,
    version: z.int(),
    name: nameFields.name.optional(),
    description: nameFields.description.optional(),
    /** In whole: fields that are absent get their defaults. */
    config: z.record(z.string(), z.unknown()).optional(),
    isDefault: z.boolean().optional(),
  }),
  output: personaViewSchema,
  audit: ({ id, config }, output) => ({
    entity: 'persona',
    entityId: id,
    details: { name: output.name, version: output.version, ...robotsOverride(config) },
  }),

  async run({ tx, actor, probes }, { id, version, name, description, config, isDefault }) {
    const before = await lockPersona(tx, actor, id);
    requireVersion(before.version, version);
    const nextConfig = config === undefined ? before.config : parsePersonaConfig(before.kind, config);
    if (config !== undefined) requireAllowedResolvers(probes, nextConfig);
    if (isDefault !== undefined && isDefault !== before.isDefault) {
      requireAdminForDefault(actor);
      if (!isDefault) {
        throw new DomainFlowError(
          'CONFLICT',
          `There must be a default ${before.kind} persona: make another one the default instead.`,
          { field: 'isDefault' },
        );
      }
      await clearDefault(tx, before.kind, id);
    }
    const updated = await tx
      .update(personas)
      .set({
        name: name ?? before.name,
        description: description ?? before.description,
        config: nextConfig,
        isDefault: isDefault ?? before.isDefault,
        version: before.version + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(personas.id, id))
      .returning()
      .catch(refuseTakenName('personas_kind_name', `${before.kind} persona`, name ?? before.name));
    return personaViewOf(writtenRow(updated));
  },
});
