import { z } from 'zod';

const overrideSchema = z.object({ robots: z.literal('ignore'), robotsOverrideReason: z.string() });

/** What an audit entry tells of a configuration that ignores robots.txt: why. Empty for any other. */
export function robotsOverride(config: unknown): { readonly robotsOverrideReason?: string } {
  const parsed = overrideSchema.safeParse(config);
  return parsed.success ? { robotsOverrideReason: parsed.data.robotsOverrideReason } : {};
}
