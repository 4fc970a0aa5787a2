import { z } from 'zod';
import { personaIdSchema } from '../../ids.ts';

export const httpConfigSchema = z.object({
  /** The HTTP persona; null is the platform's default. */
  personaId: personaIdSchema.nullable().default(null),
  /**
   * The DNS persona that looks up redirect targets and names without addresses; null is that of the campaign's DNS
   * phase, and the platform's default where it has none.
   */
  dnsPersonaId: personaIdSchema.nullable().default(null),
});
export type HttpConfig = z.infer<typeof httpConfigSchema>;
