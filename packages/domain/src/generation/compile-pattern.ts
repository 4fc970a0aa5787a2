import { assertNever } from '../assert-never.ts';
import { invalidInput } from '../errors.ts';
import { createAffixSpace } from './affix/affix-space.ts';
import { normaliseAffix } from './affix/normal-pattern.ts';
import { createDictionarySpace } from './dictionary/dictionary-space.ts';
import { normaliseDictionary } from './dictionary/normal-dictionary.ts';
import { NO_WORD_LISTS, type WordLists } from './dictionary/word-list.ts';
import type { NameSpace } from './name-space.ts';
import { MAX_TARGET_DOMAINS, type Pattern } from './pattern.ts';
import { normaliseTyposquat } from './typosquat/normal-typosquat.ts';
import { createTyposquatSpace } from './typosquat/typosquat-space.ts';

/** The most names that a space may have: far beyond what can be generated, small enough to show and to add up. */
export const MAX_SPACE_SIZE = 10n ** 60n;

function spaceOf(pattern: Pattern, wordLists: WordLists): NameSpace {
  switch (pattern.pattern) {
    case 'prefix':
    case 'suffix':
    case 'both':
      return createAffixSpace(normaliseAffix(pattern));
    case 'dictionary':
      return createDictionarySpace(normaliseDictionary(pattern, wordLists), pattern.enforceUniqueness);
    case 'typosquat':
      return createTyposquatSpace(normaliseTyposquat(pattern), pattern.enforceUniqueness);
    default:
      return assertNever(pattern);
  }
}

/** The field to change where a space is too large, or empty. */
function sizeField({ pattern }: Pattern): string {
  switch (pattern) {
    case 'prefix':
    case 'both':
      return 'prefixVariableLength';
    case 'suffix':
      return 'suffixVariableLength';
    case 'dictionary':
      return 'lists';
    case 'typosquat':
      return 'seeds';
    default:
      return assertNever(pattern);
  }
}

/**
 * The space of names that a pattern means; `wordLists` has the stored lists that it names (`wordListIdsOf`). Throws
 * `INVALID_INPUT` with the path of the field at fault, relative to the pattern (`charSet`, `tlds.2`, `lists.0.words.3`).
 */
export function compilePattern(pattern: Pattern, wordLists: WordLists = NO_WORD_LISTS): NameSpace {
  const space = spaceOf(pattern, wordLists);
  if (space.size > MAX_SPACE_SIZE) {
    throw invalidInput('The space has more than 10^60 names: use fewer variable parts.', sizeField(pattern), {
      size: String(space.size),
    });
  }
  return space;
}

/** The part of a space that one campaign takes: `count` offsets from `start`. */
export interface CampaignRange {
  readonly space: NameSpace;
  readonly start: bigint;
  /** Offsets, so names and skipped candidates together; at most `MAX_TARGET_DOMAINS`. */
  readonly count: number;
}

/**
 * What a campaign with this pattern takes: `targetDomainsToGenerate` offsets from `startOffset`, fewer where the space
 * ends before, all that are left where it is null. Throws `INVALID_INPUT` where that is nothing, or more than a
 * campaign may hold.
 */
export function campaignRange(pattern: Pattern, wordLists: WordLists = NO_WORD_LISTS): CampaignRange {
  const space = compilePattern(pattern, wordLists);
  if (space.mayRepeat && !pattern.enforceUniqueness) {
    throw invalidInput(
      'This pattern can spell a name in more than one way, and a campaign holds each name once: leave repeats to be skipped.',
      'enforceUniqueness',
    );
  }
  if (space.size === 0n) throw invalidInput('This pattern makes no names at all.', sizeField(pattern));
  const start = BigInt(pattern.startOffset ?? 0);
  if (start >= space.size) {
    throw invalidInput(`The space has ${space.size} names: none is left from there.`, 'startOffset', {
      size: String(space.size),
    });
  }
  const left = space.size - start;
  const target = pattern.targetDomainsToGenerate;
  if (target !== null) return { space, start, count: BigInt(target) < left ? target : Number(left) };
  if (left > BigInt(MAX_TARGET_DOMAINS)) {
    throw invalidInput(
      `${left} names are left and a campaign takes ${MAX_TARGET_DOMAINS} at most: say how many.`,
      'targetDomainsToGenerate',
      { left: String(left), most: MAX_TARGET_DOMAINS },
    );
  }
  return { space, start, count: Number(left) };
}
