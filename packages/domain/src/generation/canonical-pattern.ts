import { assertNever } from '../assert-never.ts';
import { invalidInput } from '../errors.ts';
import { canonicalAffix } from './affix/normal-pattern.ts';
import { normaliseJoins, readInlineWords } from './dictionary/normal-dictionary.ts';
import { NO_WORD_LISTS, type WordList } from './dictionary/word-list.ts';
import { wordListHash } from './dictionary/word-list-hash.ts';
import type { DictionaryPattern, Pattern } from './pattern.ts';
import { canonicalTyposquat, normaliseTyposquat } from './typosquat/normal-typosquat.ts';

/** Of stored lists only what stands for their words. */
type ContentHashes = ReadonlyMap<string, Pick<WordList, 'contentHash'>>;

/** A list has the same hash whether it is stored or comes with the pattern. */
function hashesOf({ lists }: DictionaryPattern, stored: ContentHashes): string[] {
  return lists.map((list, index) => {
    if ('words' in list) return wordListHash(readInlineWords(list.words, `lists.${index}.words`));
    const found = stored.get(list.wordListId);
    if (found === undefined)
      throw invalidInput(`No word list with id ${list.wordListId}.`, `lists.${index}.wordListId`);
    return found.contentHash;
  });
}

/**
 * A text that two patterns share exactly when they have the same space with the same offsets: what a global offset for
 * a pattern is kept under (hashed). Where a campaign starts, how much it takes and what it does with repeats are not part
 * of it. Of stored lists only the hashes are needed. Throws `INVALID_INPUT` as `compilePattern` does.
 */
export function canonicalPattern(pattern: Pattern, stored: ContentHashes = NO_WORD_LISTS): string {
  switch (pattern.pattern) {
    case 'prefix':
    case 'suffix':
    case 'both':
      return canonicalAffix(pattern);
    case 'dictionary': {
      const { constant, constantPlaces, separators, tlds } = normaliseJoins(pattern);
      const hashes = hashesOf(pattern, stored);
      const [place = 0, ...otherPlaces] = constantPlaces;
      const isMovable = otherPlaces.length > 0;
      // A constant part in one place is the same as a list of one word there.
      if (constant !== '' && !isMovable) hashes.splice(place, 0, wordListHash([constant]));
      return JSON.stringify(['dictionary/1', hashes, isMovable ? constant : '', separators, tlds]);
    }
    case 'typosquat':
      return canonicalTyposquat(normaliseTyposquat(pattern));
    default:
      return assertNever(pattern);
  }
}
