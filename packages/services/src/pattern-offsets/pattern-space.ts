import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { campaignRange, compilePattern } from '@domainflow/domain/generation/compile-pattern.ts';
import type { NameSpace } from '@domainflow/domain/generation/name-space.ts';
import type { Pattern } from '@domainflow/domain/generation/pattern.ts';
import type { WordListCache } from '../word-lists/word-list-cache.ts';
import { type PatternKey, patternKeyOf } from './pattern-key.ts';

/** A pattern with its words found and its space worked out. */
export interface PatternSpace extends PatternKey {
  readonly pattern: Pattern;
  readonly space: NameSpace;
}

/** The space of `pattern`. Throws `INVALID_INPUT` with the field below `at` (`input.pattern.lists.0.wordListId`). */
export const openSpace = (lists: WordListCache, pattern: Pattern, at: string): Promise<PatternSpace> =>
  atField(at, async () => {
    const wordLists = await lists.load(pattern);
    const space = compilePattern(pattern, wordLists);
    return { pattern, space, ...(await patternKeyOf(pattern, wordLists)) };
  });

/** The space of `pattern` for a campaign: with what keeps one from generating it refused too. */
export const openCampaignSpace = (
  lists: WordListCache,
  pattern: Pattern,
  at: string,
): Promise<PatternSpace> =>
  atField(at, async () => {
    const wordLists = await lists.load(pattern);
    // What it takes is decided later: here any offset will do.
    const { space } = campaignRange({ ...pattern, startOffset: '0', targetDomainsToGenerate: 1 }, wordLists);
    return { pattern, space, ...(await patternKeyOf(pattern, wordLists)) };
  });

/** Puts what goes wrong with a pattern below the field that the pattern came in. */
export async function atField<T>(at: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainFlowError)) throw error;
    const field = error.field === null ? at : `${at}.${error.field}`;
    throw new DomainFlowError(error.code, error.message, { field, details: error.details });
  }
}
