import { z } from 'zod';
import { personaIdSchema } from '../../ids.ts';

export const dnsConfigSchema = z.object({
  /** The DNS persona; null is the platform's default. */
  personaId: personaIdSchema.nullable().default(null),
});
export type DnsConfig = z.infer<typeof dnsConfigSchema>;
