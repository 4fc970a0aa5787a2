import { z } from 'zod';
import { patternSchema } from '../generation/pattern.ts';
import { campaignIdSchema } from '../ids.ts';

/** The most names that a direct list may hold; longer ones are uploaded. */
export const MAX_LIST_DOMAINS = 10_000;

/** Where a campaign's names come from. */
export const campaignInputSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('pattern'), pattern: patternSchema }),
  z.object({
    source: z.literal('list'),
    domains: z.array(z.string().max(1_024)).min(1, 'At least one domain').max(MAX_LIST_DOMAINS),
  }),
  z.object({ source: z.literal('upload') }),
  z.object({
    source: z.literal('campaigns'),
    inputCampaignIds: z.array(campaignIdSchema).min(1, 'At least one campaign').max(100),
  }),
]);
export type CampaignInput = z.infer<typeof campaignInputSchema>;

/** What a campaign keeps of its input: the names of a list are rows like all others. */
export const storedInputSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('pattern'), pattern: patternSchema }),
  z.object({ source: z.literal('list') }),
  z.object({ source: z.literal('upload') }),
  z.object({ source: z.literal('campaigns'), inputCampaignIds: z.array(z.string()) }),
]);
export type StoredInput = z.infer<typeof storedInputSchema>;
