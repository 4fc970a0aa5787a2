import { assertNever } from '../../assert-never.ts';
import type { TyposquatKind } from './kinds.ts';
import { inOtherScripts, substitutesFor, substitutesForPair } from './lookalikes.ts';
import { pluralsOf } from './plurals.ts';
import type { Repertoire } from './registry-repertoires.ts';

/** A seed taken apart: what the kinds work on. */
export interface Seed {
  /** The label in Unicode form, by code points. */
  readonly label: readonly string[];
  /** The same in ASCII. */
  readonly ascii: string;
  /** The public suffix that it stands under. */
  readonly suffix: string;
}

/** What the kinds know besides the seed. */
export interface Surroundings {
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
  readonly repertoire: Repertoire | null;
}

const LETTERS_AND_DIGITS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const VOWELS = [...'aeiou'];

/** `label` with the `count` characters at `at` replaced. */
const spliced = (label: readonly string[], at: number, count: number, text: string): string =>
  label.slice(0, at).join('') + text + label.slice(at + count).join('');

/** The place of each character, with what `each` makes of it. */
const atEach = (
  label: readonly string[],
  each: (character: string, at: number) => readonly string[],
): string[] => label.flatMap((character, at) => each(character, at));

/** A bit of one character of the ASCII form is flipped, as memory errors do; capitals are the same name. */
const bitsquats = (ascii: string): string[] =>
  atEach([...ascii], (character, at) =>
    [1, 2, 4, 8, 16, 32, 64].flatMap((bit) => {
      const flipped = String.fromCharCode(character.charCodeAt(0) ^ bit);
      return /^[a-z0-9-]$/.test(flipped) ? [spliced([...ascii], at, 1, flipped)] : [];
    }),
  );

/** One place is replaced; then every place of a letter that stands in several; then the whole by another script. */
function homoglyphs(label: readonly string[], repertoire: Repertoire | null): string[] {
  const single = atEach(label, (character, at) => [
    ...substitutesFor(character, repertoire).map((other) => spliced(label, at, 1, other)),
    ...substitutesForPair(label.slice(at, at + 2).join(''), repertoire).map((other) =>
      spliced(label, at, 2, other),
    ),
  ]);
  const repeated = [...new Set(label)].filter(
    (character) => label.indexOf(character) !== label.lastIndexOf(character),
  );
  const everywhere = repeated.flatMap((character) =>
    substitutesFor(character, repertoire).map((other) =>
      label.map((each) => (each === character ? other : each)).join(''),
    ),
  );
  return [...single, ...everywhere, ...inOtherScripts(label, repertoire)];
}

/**
 * The labels that a kind makes of a seed, in order; they may repeat, be the seed, or be no labels at all: whoever takes them
 * looks. With `subdomain` they hold one dot. Nothing for `tld_swap`, which leaves the label alone.
 */
export function permute(kind: TyposquatKind, { label, ascii }: Seed, around: Surroundings): string[] {
  const neighbours = (character: string): readonly string[] => around.neighbours.get(character) ?? [];
  switch (kind) {
    case 'addition':
      return LETTERS_AND_DIGITS.map((added) => label.join('') + added);
    case 'bitsquatting':
      return bitsquats(ascii);
    case 'homoglyph':
      return homoglyphs(label, around.repertoire);
    case 'hyphenation':
      return atEach(label, (_, at) => (at === 0 ? [] : [spliced(label, at, 0, '-')]));
    case 'insertion':
      return atEach(label, (character, at) =>
        neighbours(character).flatMap((key) => [spliced(label, at, 0, key), spliced(label, at + 1, 0, key)]),
      );
    case 'omission':
      return label.length === 1 ? [] : atEach(label, (_, at) => [spliced(label, at, 1, '')]);
    case 'plural':
      return pluralsOf(label.join(''));
    case 'repetition':
      return atEach(label, (character, at) => (character === '-' ? [] : [spliced(label, at, 0, character)]));
    case 'replacement':
      return atEach(label, (character, at) => neighbours(character).map((key) => spliced(label, at, 1, key)));
    case 'transposition':
      return atEach(label, (character, at) =>
        at === 0 ? [] : [spliced(label, at - 1, 2, character + (label[at - 1] as string))],
      );
    case 'vowel_swap':
      return atEach(label, (character, at) =>
        VOWELS.includes(character) ? VOWELS.map((vowel) => spliced(label, at, 1, vowel)) : [],
      );
    case 'subdomain':
      return atEach(label, (character, at) =>
        at === 0 || character === '-' || label[at - 1] === '-' ? [] : [spliced(label, at, 0, '.')],
      );
    case 'tld_swap':
      return [];
    default:
      return assertNever(kind);
  }
}
