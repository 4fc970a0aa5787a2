import { DOMAIN_NAME_REASONS } from '../../domain-name/reasons.ts';
import { invalidInput } from '../../errors.ts';
import { mapToUnicode, readConstant, readTlds } from '../normal-parts.ts';
import { type ConstantPosition, type DictionaryPattern, MAX_STORED_WORDS } from '../pattern.ts';
import { readWord } from './read-word.ts';
import type { WordLists } from './word-list.ts';

/** A dictionary pattern in its one normal form. */
export interface NormalDictionary {
  /** Words of each list in Unicode form, each once, in the order in which they were given. */
  readonly lists: readonly (readonly string[])[];
  readonly constant: string;
  /** How many lists stand before the constant part, for each arrangement. */
  readonly constantPlaces: readonly number[];
  /** Distinct, in order of code points. */
  readonly separators: readonly string[];
  readonly tlds: readonly string[];
}

/** The words of a list that comes with the pattern; `INVALID_INPUT` with the field of a word that is none. */
export function readInlineWords(lines: readonly string[], field: string): readonly string[] {
  const words = new Set<string>();
  lines.forEach((line, index) => {
    const read = readWord(line);
    if (read.kind === 'bad') {
      const shown = JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
      throw invalidInput(
        `${shown} cannot be a word of a name: ${DOMAIN_NAME_REASONS[read.reason]}.`,
        `${field}.${index}`,
        { reason: read.reason },
      );
    }
    if (read.kind === 'word') words.add(read.word);
  });
  if (words.size === 0) throw invalidInput('The list has no words.', field);
  return [...words];
}

/** The words of each list; `INVALID_INPUT` where one has none, is not there, or is too long. */
function readLists({ lists }: DictionaryPattern, wordLists: WordLists): readonly (readonly string[])[] {
  return lists.map((list, index) => {
    if ('words' in list) return readInlineWords(list.words, `lists.${index}.words`);
    const field = `lists.${index}.wordListId`;
    const words = wordLists.get(list.wordListId)?.words;
    if (words === undefined) throw invalidInput(`No word list with id ${list.wordListId}.`, field);
    if (words.length === 0) throw invalidInput('The list has no words.', field);
    if (words.length > MAX_STORED_WORDS)
      throw invalidInput(`A list has ${MAX_STORED_WORDS} words at most.`, field);
    return words;
  });
}

function readSeparators(separators: readonly string[]): readonly string[] {
  const distinct = new Set<string>();
  separators.forEach((typed, index) => {
    const separator = typed === '' ? '' : mapToUnicode(typed.normalize('NFC'));
    if (separator === null) {
      throw invalidInput(`${JSON.stringify(typed)} cannot stand between words.`, `separators.${index}`);
    }
    distinct.add(separator);
  });
  return [...distinct].sort();
}

function constantPlacesOf(position: ConstantPosition, lists: number): readonly number[] {
  switch (position) {
    case 'before':
      return [0];
    case 'between':
      return [1];
    case 'after':
      return [lists];
    case 'either':
      return [0, lists];
  }
}

/** How words are joined: what of the normal form does not depend on the words. */
export function normaliseJoins(pattern: DictionaryPattern): Omit<NormalDictionary, 'lists'> {
  const constant = readConstant(pattern.constantPart.trim()).join('');
  const separators = readSeparators(pattern.separators);
  const parts = pattern.lists.length + (constant === '' ? 0 : 1);
  return {
    constant,
    constantPlaces: constant === '' ? [0] : constantPlacesOf(pattern.constantPosition, pattern.lists.length),
    // Where nothing is joined nothing stands between.
    separators: parts === 1 ? [''] : separators,
    tlds: readTlds(pattern.tlds),
  };
}

/** The normal form of `pattern`; `INVALID_INPUT` with the field at fault (`lists.0.words.3`, `separators.1`). */
export const normaliseDictionary = (pattern: DictionaryPattern, wordLists: WordLists): NormalDictionary => ({
  lists: readLists(pattern, wordLists),
  ...normaliseJoins(pattern),
});
