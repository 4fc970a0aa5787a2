import { PlaceTable } from './place-table.ts';

/** A stored list of words, as services load it. */
export interface WordList {
  /** As `readWord` gives them, each once, in their order. The same array each time it is passed, so that it is indexed once. */
  readonly words: readonly string[];
  /** SHA-256 of the words joined by line feeds, hex (`wordListHash`). */
  readonly contentHash: string;
}

/** Stored lists by their ids in lower case. */
export type WordLists = ReadonlyMap<string, WordList>;
export const NO_WORD_LISTS: WordLists = new Map();

/** What a dictionary has to know of a list to walk it, worked out once for each array of words. */
export interface WordIndex {
  /** The place of a word in the list; undefined where it is not in it. */
  placeOf(word: string): number | undefined;
  /** Lengths of the words in UTF-16 units, each once. */
  readonly lengths: readonly number[];
  /** All are made of lower-case letters, digits and hyphens. */
  readonly isPlain: boolean;
  readonly hasHyphen: boolean;
}

const indexes = new WeakMap<readonly string[], WordIndex>();

export function indexWords(words: readonly string[]): WordIndex {
  const known = indexes.get(words);
  if (known !== undefined) return known;
  const lengths = new Set<number>();
  let isPlain = true;
  let hasHyphen = false;
  for (const word of words) {
    lengths.add(word.length);
    isPlain &&= /^[a-z0-9-]+$/.test(word);
    hasHyphen ||= word.includes('-');
  }
  let places: PlaceTable | null = null;
  const index: WordIndex = {
    placeOf(word) {
      // Only names that are looked up need it, and for a million words it takes its time.
      places ??= new PlaceTable(words);
      return places.placeOf(word);
    },
    lengths: [...lengths],
    isPlain,
    hasHyphen,
  };
  indexes.set(words, index);
  return index;
}
