import type { Pattern } from '@domainflow/domain/generation/pattern.ts';
import type { TyposquatKind } from '@domainflow/domain/generation/typosquat/kinds.ts';
import { countOf, formatCount } from '../../lib/format.ts';

interface KindText {
  readonly label: string;
  readonly hint: string;
}

/** The kinds of typosquats as people read them; the examples are of example.com. */
export const TYPOSQUAT_TEXTS: Readonly<Record<TyposquatKind, KindText>> = {
  addition: { label: 'Addition', hint: 'a character at the end: examplea' },
  bitsquatting: { label: 'Bit flips', hint: 'one bit of one character: epample' },
  homoglyph: { label: 'Look-alikes', hint: 'characters that look the same: examp1e' },
  hyphenation: { label: 'Hyphens', hint: 'one between two characters: ex-ample' },
  insertion: { label: 'Insertion', hint: 'a key beside the right one: exsample' },
  omission: { label: 'Omission', hint: 'a character left out: exmple' },
  plural: { label: 'Plurals', hint: 'examples, or the singular' },
  repetition: { label: 'Repetition', hint: 'a character twice: exxample' },
  replacement: { label: 'Replacement', hint: 'a key beside it instead: exanple' },
  transposition: { label: 'Swaps', hint: 'two neighbours swapped: exmaple' },
  vowel_swap: { label: 'Vowels', hint: 'another vowel: exemple' },
  subdomain: { label: 'Dots', hint: 'one between two characters: ex.ample' },
  tld_swap: { label: 'Other TLDs', hint: 'the same name elsewhere: example.net' },
};

/** So many pieces of a list are named; the others are counted. */
const NAMED = 6;

const named = (pieces: readonly string[]): string =>
  pieces.length <= NAMED
    ? pieces.join(', ')
    : `${pieces.slice(0, NAMED).join(', ')} and ${formatCount(pieces.length - NAMED)} more`;

const dotted = (tlds: readonly string[]): string => named(tlds.map((tld) => `.${tld}`));

/** A pattern in a line; `nameOfList` gives the names of stored lists. */
export function describePattern(pattern: Pattern, nameOfList: (id: string) => string): string {
  switch (pattern.pattern) {
    case 'prefix':
    case 'suffix':
    case 'both': {
      const before = pattern.pattern === 'suffix' ? '' : `[${pattern.prefixVariableLength} characters] `;
      const after = pattern.pattern === 'prefix' ? '' : ` [${pattern.suffixVariableLength} characters]`;
      return `${before}${pattern.constantPart}${after} under ${dotted(pattern.tlds)}`;
    }
    case 'dictionary': {
      const lists = pattern.lists.map((list) =>
        'wordListId' in list ? `[${nameOfList(list.wordListId)}]` : `[${countOf(list.words.length, 'word')}]`,
      );
      return `${withConstant(lists, pattern)}${separatorText(pattern.separators)} under ${dotted(pattern.tlds)}`;
    }
    case 'typosquat': {
      const kinds = pattern.kinds.map((kind) => TYPOSQUAT_TEXTS[kind].label.toLowerCase());
      return `Names mistaken for ${named(pattern.seeds)}: ${named(kinds)}`;
    }
  }
}

type Dictionary = Extract<Pattern, { pattern: 'dictionary' }>;

function withConstant(lists: readonly string[], { constantPart, constantPosition }: Dictionary): string {
  if (constantPart === '') return lists.join(' ');
  const [first, ...others] = lists;
  switch (constantPosition) {
    case 'before':
      return [constantPart, ...lists].join(' ');
    case 'after':
      return [...lists, constantPart].join(' ');
    case 'between':
      return [first, constantPart, ...others].join(' ');
    case 'either':
      return `${lists.join(' ')} with ${constantPart} before or after`;
  }
}

function separatorText(separators: readonly string[]): string {
  if (separators.every((separator) => separator === '')) return '';
  return `, joined by ${separators.map((each) => (each === '' ? 'nothing' : `“${each}”`)).join(' or ')}`;
}
