import { z } from 'zod';
import { personaIdSchema } from '../../ids.ts';

export const httpConfigSchema = z.object({
  /** The HTTP persona; null is the platform's default. */
  personaId: personaIdSchema.nullable().default(null),
});
export type HttpConfig = z.infer<typeof httpConfigSchema>;
