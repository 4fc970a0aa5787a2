import type { leads } from '@domainflow/db/schema/lead.ts';
import type { z } from 'zod';
import type { leadViewSchema } from '../views.ts';

/** A lead's row as the API gives it. */
export function leadView({
  campaignId: _,
  scoreParts,
  keywordMatches,
  contacts,
  technologies,
  ...lead
}: typeof leads.$inferSelect): z.output<typeof leadViewSchema> {
  return {
    ...lead,
    scoreParts: [...scoreParts],
    keywordMatches: [...keywordMatches],
    contacts: [...contacts],
    technologies: [...technologies],
  };
}
