import { EMPTY_FEATURES } from '@domainflow/domain/content/page-features.ts';
import { foldSpace } from '@domainflow/domain/content/storable-text.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { keywordSetIdSchema } from '@domainflow/domain/ids.ts';
import { compilingKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { z } from 'zod';
import { inSlices } from '../let-others-run.ts';
import { mutation } from '../operation/operation.ts';
import {
  type FetchedPage,
  fetchPage,
  isOneSource,
  pageOfHtml,
  pagePersonaFields,
  pageSourceFields,
} from '../probes/read-page.ts';
import { readRules } from './read-rules.ts';
import { checkRules, rulesSchema } from './rules-input.ts';

/** Of all sets that are tried together. */
const MAX_RULES = 10_000;
const MAX_REGEX_RULES = 2_000;
/** As many as one set of long rules has. */
const MAX_LETTERS = 600_000;

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
      ...pagePersonaFields,
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
    /** What the fetched page is; null where it was given. */
    page: z
      .object({
        title: z.string().nullable(),
        statusCode: z.int(),
        charset: z.string(),
        /** Why a campaign would not read it, and what of it was not searched. */
        notes: z.array(z.string()),
      })
      .nullable(),
  }),
  audit: ({ url }) =>
    url === undefined ? null : { entity: 'keyword_set', entityId: null, details: { tried: url } },

  async prepare(ctx, { text, html, url, rules = [], keywordSetIds, ...personas }): Promise<FetchedPage> {
    await checkRules(rules);
    if (rules.length === 0 && keywordSetIds.length === 0)
      throw invalidInput('Give rules or a keyword set.', 'rules');
    if (url !== undefined) return fetchPage(ctx, url, personas);
    const page =
      html === undefined
        ? { ...EMPTY_FEATURES, finalUrl: '', text: foldSpace(text ?? '') }
        : pageOfHtml(html);
    return { page, statusCode: 200, notes: [] };
  },

  async run({ tx }, { rules = [], keywordSetIds, url }, { page, statusCode, notes }) {
    const tried = [...rules, ...(await readRules(tx, keywordSetIds))];
    const letters = tried.reduce((sum, { pattern }) => sum + pattern.length, 0);
    const expressions = tried.filter(({ kind }) => kind === 'regex').length;
    if (tried.length > MAX_RULES || expressions > MAX_REGEX_RULES || letters > MAX_LETTERS) {
      throw invalidInput(
        `These are more than ${MAX_RULES} rules together, ${MAX_REGEX_RULES} regular expressions or ${MAX_LETTERS} letters: try fewer sets at once.`,
        'keywordSetIds',
      );
    }
    const matcher = await inSlices(compilingKeywords(tried));
    const matches = await inSlices(matcher.matchingPage(page));
    return {
      matches: matches.map(({ matchContext, furtherContexts = [], ...match }) => ({
        ...match,
        contexts: [matchContext, ...furtherContexts],
      })),
      rules: matcher.size,
      finalUrl: url === undefined ? null : page.finalUrl,
      page:
        url === undefined
          ? null
          : { title: page.title, statusCode, charset: page.charset, notes: [...notes] },
    };
  },
});
