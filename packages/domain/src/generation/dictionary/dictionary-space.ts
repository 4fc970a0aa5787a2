import { toULabel } from '../../domain-name/label.ts';
import { type Candidate, type CandidateLabel, candidateLabel, nameUnder, plainLabel } from '../candidate.ts';
import { checkRange, type NameSpace, type RangeVisitor } from '../name-space.ts';
import { createSuffixWriter } from '../write-under-suffixes.ts';
import { type Join, joinsOf } from './join-words.ts';
import type { NormalDictionary } from './normal-dictionary.ts';
import { SpellingFinder } from './spelling.ts';
import { indexWords } from './word-list.ts';

const REPEATED: CandidateLabel = { ascii: null, reason: 'DUPLICATE' };

/**
 * The space of a dictionary. From the most to the least significant digit: the word of each list from left to right, the
 * place of the constant part, the separator, the TLD. With `unique`, only the lowest offset that spells a name gives it.
 */
export function createDictionarySpace(dictionary: NormalDictionary, unique: boolean): NameSpace {
  const { lists, constant, separators, tlds } = dictionary;
  const joins = joinsOf(dictionary);
  const finder = new SpellingFinder(dictionary, joins);
  const write = createSuffixWriter(tlds);
  const mayRepeat = joins.some((join) => join.mayRepeat);
  const isPlain =
    [constant, ...separators].every((part) => /^[a-z0-9-]*$/.test(part)) &&
    lists.every((words) => indexWords(words).isPlain);
  const tldCount = BigInt(tlds.length);
  const tldIndex = new Map(tlds.map((tld, index) => [tld, BigInt(index)]));
  const size = lists.reduce(
    (product, words) => product * BigInt(words.length),
    BigInt(joins.length) * tldCount,
  );

  const isLowest = (label: string, places: readonly number[], join: number): boolean => {
    const lowest = finder.lowest(label);
    return lowest?.join === join && lowest.places.every((place, list) => place === places[list]);
  };

  /** The label of one choice of words and join. */
  const judge = (label: string, places: readonly number[], join: number): CandidateLabel => {
    const candidate = isPlain ? plainLabel(label) : candidateLabel(label);
    const mustCheck = unique && candidate.reason === null && (joins[join] as Join).mayRepeat;
    return mustCheck && !isLowest(label, places, join) ? REPEATED : candidate;
  };

  /** The digits of label number `index`: places of its words, and its join. */
  const digitsOf = (index: bigint): { places: number[]; join: number } => {
    const join = Number(index % BigInt(joins.length));
    let rest = index / BigInt(joins.length);
    const places = new Array<number>(lists.length).fill(0);
    for (let list = lists.length - 1; list >= 0; list--) {
      const base = BigInt((lists[list] as readonly string[]).length);
      places[list] = Number(rest % base);
      rest /= base;
    }
    return { places, join };
  };

  /** All of a label before the word of its last list. */
  const headOf = ({ leads }: Join, places: readonly number[]): string => {
    let head = '';
    for (let list = 0; list < lists.length - 1; list++) {
      head += (leads[list] as string) + wordAt(list, places[list] as number);
    }
    return head + (leads[lists.length - 1] as string);
  };
  const wordAt = (list: number, place: number): string => (lists[list] as readonly string[])[place] as string;

  const nameAt = (offset: bigint): Candidate => {
    checkRange({ size }, offset, offset + 1n);
    const { places, join } = digitsOf(offset / tldCount);
    const way = joins[join] as Join;
    const last = lists.length - 1;
    const label = headOf(way, places) + wordAt(last, places[last] as number) + way.trail;
    return nameUnder(judge(label, places, join), tlds[Number(offset % tldCount)] as string);
  };

  /** Like an odometer: big integers only for the start, then the last list's words one by one with the same heads. */
  const walk = (lo: bigint, hi: bigint, visitor: RangeVisitor): void => {
    checkRange({ size }, lo, hi);
    const count = Number(hi - lo);
    if (count === 0) return;
    const last = lists.length - 1;
    const lastWords = lists[last] as readonly string[];
    const start = digitsOf(lo / tldCount);
    const { places } = start;
    let { join } = start;
    let tld = Number(lo % tldCount);
    let index = 0;
    while (true) {
      const heads = joins.map((way) => headOf(way, places));
      for (; (places[last] as number) < lastWords.length; (places[last] as number)++) {
        const word = lastWords[places[last] as number] as string;
        for (; join < joins.length; join++) {
          const judged = judge((heads[join] as string) + word + (joins[join] as Join).trail, places, join);
          index = write(judged, tld, index, count, visitor);
          if (index === count) return;
          tld = 0;
        }
        join = 0;
      }
      places[last] = 0;
      for (let list = last - 1; list >= 0; list--) {
        if (++(places[list] as number) < (lists[list] as readonly string[]).length) break;
        places[list] = 0;
      }
    }
  };

  const offsetOf = (name: string): bigint | null => {
    const dot = name.indexOf('.');
    const tld = tldIndex.get(name.slice(dot + 1));
    if (dot < 1 || tld === undefined) return null;
    const ascii = name.slice(0, dot);
    const unicode = ascii.startsWith('xn--') ? toULabel(ascii) : ascii;
    const spelling = unicode === null ? null : finder.lowest(unicode);
    if (spelling === null) return null;
    let offset = 0n;
    spelling.places.forEach((place, list) => {
      offset = offset * BigInt((lists[list] as readonly string[]).length) + BigInt(place);
    });
    offset = (offset * BigInt(joins.length) + BigInt(spelling.join)) * tldCount + tld;
    // Only names that the space gives have an offset: `a--b` may be spelled with its words and is none.
    const given = nameAt(offset);
    return given.ok && given.name === name ? offset : null;
  };

  return { size, mayRepeat, nameAt, offsetOf, walk };
}
