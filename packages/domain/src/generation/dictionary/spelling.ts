import type { Join } from './join-words.ts';
import type { NormalDictionary } from './normal-dictionary.ts';
import { indexWords } from './word-list.ts';

/** What a label is made of: the place of its word in each list, and the join. */
export interface Spelling {
  readonly places: readonly number[];
  readonly join: number;
}

/** Finds the lowest of all offsets that spell a label, by taking the label apart: nothing is remembered between labels. */
export class SpellingFinder {
  readonly #dictionary: NormalDictionary;
  readonly #joins: readonly Join[];

  constructor(dictionary: NormalDictionary, joins: readonly Join[]) {
    this.#dictionary = dictionary;
    this.#joins = joins;
  }

  /** The spelling with the lowest offset of `label` in Unicode form; null where it is not made of these words. */
  lowest(label: string): Spelling | null {
    let best: Spelling | null = null;
    for (let join = 0; join < this.#joins.length; join++) {
      const places = this.#placesWith(this.#joins[join] as Join, label);
      if (places !== null && (best === null || isBefore(places, best.places))) best = { places, join };
    }
    return best;
  }

  #placesWith({ leads, trail }: Join, label: string): number[] | null {
    const { lists } = this.#dictionary;
    if (!label.endsWith(trail)) return null;
    const end = label.length - trail.length;
    const lastList = lists.length - 1;
    /** From which place on the lists from `list` do not fit: with many lists the same rest is met again and again. */
    const dead = new Set<number>();

    /** The lowest words of the lists from `list` on for the label from `at` on, the last list's first; null without. */
    const restFrom = (list: number, at: number): number[] | null => {
      const lead = leads[list] as string;
      if (!label.startsWith(lead, at)) return null;
      const from = at + lead.length;
      const index = indexWords(lists[list] as readonly string[]);
      if (list === lastList) {
        const place = from < end ? index.placeOf(label.slice(from, end)) : undefined;
        return place === undefined ? null : [place];
      }
      if (dead.has(from * 8 + list)) return null;
      let best: number[] | null = null;
      let bestPlace = Number.POSITIVE_INFINITY;
      for (const length of index.lengths) {
        if (from + length >= end) continue;
        const place = index.placeOf(label.slice(from, from + length));
        if (place === undefined || place > bestPlace) continue;
        const rest = restFrom(list + 1, from + length);
        if (rest === null) continue;
        best = rest;
        bestPlace = place;
      }
      if (best === null) {
        dead.add(from * 8 + list);
        return null;
      }
      best.push(bestPlace);
      return best;
    };
    return restFrom(0, 0)?.reverse() ?? null;
  }
}

/** Whether the words of `a` come before those of `b` in the order of offsets. */
function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (let list = 0; list < a.length; list++) {
    if (a[list] !== b[list]) return (a[list] as number) < (b[list] as number);
  }
  return false;
}
