import { z } from 'zod';

/** What is found out about one resolver. `accuracy`: it denies a name that cannot exist, and does not invent answers. */
export const RESOLVER_CHECKS = [
  'reachable',
  'accuracy',
  'edns',
  'tcp',
  'letter_case',
  'certificate',
] as const;

export const resolverTestSchema = z.object({
  /** As the persona has it. */
  resolver: z.string(),
  /** It answers, and truthfully: a campaign can rely on it. */
  ok: z.boolean(),
  /** Median of the answers for known names, null where there were none. */
  latencyMs: z.number().nullable(),
  /** One sentence for a person. */
  summary: z.string(),
  checks: z.array(
    z.object({
      check: z.enum(RESOLVER_CHECKS),
      /** `skipped`: does not apply, or could not be tried because another one failed. */
      result: z.enum(['passed', 'failed', 'skipped']),
      /** What was seen. */
      detail: z.string(),
    }),
  ),
});
export type ResolverTest = z.infer<typeof resolverTestSchema>;
