import type { personas } from '@domainflow/db/schema/persona.ts';
import { z } from 'zod';
import { PERSONA_KINDS } from './config-schemas.ts';

export const personaViewSchema = z.object({
  personaId: z.string(),
  kind: z.enum(PERSONA_KINDS),
  name: z.string(),
  description: z.string(),
  /** As the kind has it: how DNS is asked, or how pages are. */
  config: z.record(z.string(), z.unknown()),
  /** Used where a campaign names none. */
  isDefault: z.boolean(),
  version: z.int(),
  /** Null: the platform's own, which administrators may change. */
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const personaViewOf = (row: typeof personas.$inferSelect): z.input<typeof personaViewSchema> => ({
  personaId: row.id,
  kind: row.kind,
  name: row.name,
  description: row.description,
  config: row.config,
  isDefault: row.isDefault,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
