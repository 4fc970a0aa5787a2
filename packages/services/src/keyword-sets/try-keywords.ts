import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { EMPTY_FEATURES } from '@domainflow/domain/content/page-features.ts';
import { foldSpace } from '@domainflow/domain/content/storable-text.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { keywordSetIdSchema } from '@domainflow/domain/ids.ts';
import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation.ts';
import { fetchedPage, isOneSource, pageOfHtml, pageSourceFields } from '../probes/read-page.ts';
import { checkRules, rulesSchema } from './rules-input.ts';

export const tryKeywords = mutation({
  name: 'keywordSets.try',
  summary: 'What rules, saved or not, match in a text, in HTML or on a page',
  rest: { method: 'POST', path: '/keyword-sets/try' },
  access: 'member',
  input: z
    .object({
      /** Rules that are not saved yet. */
      rules: rulesSchema.optional(),
      keywordSetIds: z.array(keywordSetIdSchema).max(50).default([]),
      ...pageSourceFields,
    })
    .refine(isOneSource, { message: 'Give one of text, html and url', path: ['text'] }),
  output: z.object({
    matches: z.array(
      z.object({
        keyword: z.string(),
        category: z.string(),
        weight: z.number(),
        place: z.string(),
        count: z.int(),
        contexts: z.array(z.string()),
      }),
    ),
    /** Rules that were tried, inactive ones left out. */
    rules: z.int(),
    /** Where the page was read, after redirects; null where it was given. */
    finalUrl: z.string().nullable(),
  }),
  audit: ({ url }) =>
    url === undefined ? null : { entity: 'keyword_set', entityId: null, details: { tried: url } },

  async prepare(ctx, { text, html, url, rules = [] }): Promise<PageFeatures> {
    checkRules(rules);
    if (url !== undefined) return fetchedPage(ctx, url);
    return html === undefined
      ? { ...EMPTY_FEATURES, finalUrl: '', text: foldSpace(text ?? '') }
      : pageOfHtml(html);
  },

  async run({ tx }, { rules = [], keywordSetIds, url }, page) {
    const sets =
      keywordSetIds.length === 0
        ? []
        : await tx
            .select({ id: keywordSets.id, rules: keywordSets.rules })
            .from(keywordSets)
            .where(inArray(keywordSets.id, keywordSetIds));
    const missing = keywordSetIds.findIndex((id) => !sets.some((set) => set.id === id));
    if (missing >= 0)
      throw invalidInput(`No keyword set with id ${keywordSetIds[missing]}.`, `keywordSetIds.${missing}`);
    if (rules.length === 0 && sets.length === 0) throw invalidInput('Give rules or a keyword set.', 'rules');
    const matcher = compileKeywords([...rules, ...sets.flatMap((set) => set.rules)]);
    return {
      matches: matcher.matchPage(page).map(({ matchContext, furtherContexts = [], ...match }) => ({
        ...match,
        contexts: [matchContext, ...furtherContexts],
      })),
      rules: matcher.size,
      finalUrl: url === undefined ? null : page.finalUrl,
    };
  },
});
