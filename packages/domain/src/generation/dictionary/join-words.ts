import type { NormalDictionary } from './normal-dictionary.ts';
import { indexWords } from './word-list.ts';

/** One way of joining words: an arrangement of the constant part and a separator. */
export interface Join {
  /** What stands before the word of each list. */
  readonly leads: readonly string[];
  /** What stands after the last word. */
  readonly trail: string;
  /** Another offset could spell the same label. */
  readonly mayRepeat: boolean;
}

/** All joins in the order of their digits: arrangement first, then separator. */
export function joinsOf(dictionary: NormalDictionary): readonly Join[] {
  const { lists, constant, constantPlaces, separators } = dictionary;
  const isUnhyphenated =
    !constant.includes('-') &&
    separators.every((separator) => /^-*$/.test(separator)) &&
    lists.every((words) => !indexWords(words).hasHyphen);
  return constantPlaces.flatMap((place) =>
    separators.map((separator) => ({
      leads: lists.map((_, list) => {
        const between = list === 0 ? '' : separator;
        return constant !== '' && place === list ? `${between}${constant}${separator}` : between;
      }),
      trail: constant !== '' && place === lists.length ? `${separator}${constant}` : '',
      mayRepeat: !isUnambiguous(dictionary, separator, isUnhyphenated),
    })),
  );
}

/**
 * Whether a label made with this separator says by itself which words it is made of. A separator of hyphens between words
 * without any does: the label comes apart at its hyphens in one way, and their number names the separator.
 */
function isUnambiguous(
  { lists, constantPlaces, separators }: NormalDictionary,
  separator: string,
  isUnhyphenated: boolean,
): boolean {
  if (constantPlaces.length > 1) return false;
  if (lists.length === 1 && separators.length === 1) return true;
  return isUnhyphenated && (separator !== '' || lists.length === 1);
}
