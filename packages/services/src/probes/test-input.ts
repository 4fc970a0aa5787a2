import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';

const nameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$/, 'A domain name');

/** Names that exist, for the test of resolvers; the platform knows some itself. */
export const knownNamesSchema = z.array(nameSchema).max(5).default([]);

/** What a test may be told besides the persona. */
export const testInput = {
  /** DNS: names that exist. */
  names: knownNamesSchema,
  /** HTTP: the page to fetch. */
  url: z.string().trim().max(2_048).optional(),
  /** HTTP: how hosts are looked up; the default persona otherwise. */
  dnsPersonaId: personaIdSchema.optional(),
};
