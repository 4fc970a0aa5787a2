import { z } from 'zod';

/** A decimal string of a non-negative integer of any size: how offsets and sizes cross the API. */
export const bigCountSchema = z.string().regex(/^(0|[1-9][0-9]{0,77})$/, 'A whole number in decimal digits');

/** The most names that one campaign generates. */
export const MAX_TARGET_DOMAINS = 100_000_000;

/**
 * A space of names: variable characters before and/or after a constant part, under each TLD. Field names are the
 * API's. What it means, and its order, is in SPEC.md; `compilePattern` checks what a schema cannot.
 */
export const patternSchema = z.object({
  pattern: z.enum(['prefix', 'suffix', 'both']),
  constantPart: z.string().trim().max(63).default(''),
  prefixVariableLength: z.int().min(0).max(63).default(0),
  suffixVariableLength: z.int().min(0).max(63).default(0),
  charSet: z.string().min(1, 'At least one character').max(256),
  tlds: z.array(z.string().trim().min(1).max(253)).min(1, 'At least one TLD').max(1_000),
  /** How many names this campaign takes; null takes all that are left. */
  targetDomainsToGenerate: z.int().min(1).max(MAX_TARGET_DOMAINS).nullable().default(null),
  /** Where in the space it starts. */
  startOffset: bigCountSchema.default('0'),
});
export type Pattern = z.infer<typeof patternSchema>;
