import { z } from 'zod';
import { personaIdSchema } from '../../ids.ts';
import { shapingSchema } from '../../shaping/shaping-schema.ts';

export const dnsConfigSchema = z.object({
  /** The DNS persona; null is the platform's default. */
  personaId: personaIdSchema.nullable().default(null),
  /** Traffic shaping; null is as the persona says, and none where it says nothing. */
  shaping: shapingSchema.nullable().default(null),
});
export type DnsConfig = z.infer<typeof dnsConfigSchema>;
