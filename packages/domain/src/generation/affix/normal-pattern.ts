import { MAX_LABEL_OCTETS } from '../../domain-name/label.ts';
import { DOMAIN_NAME_REASONS } from '../../domain-name/reasons.ts';
import { invalidInput } from '../../errors.ts';
import { mapToUnicode, readConstant, readTlds } from '../normal-parts.ts';
import type { AffixPattern } from '../pattern.ts';

/**
 * A pattern in its one normal form: two patterns that mean the same names have the same normal form, so the same
 * offsets (SPEC.md, G5). Characters are code points in Unicode form.
 */
export interface NormalPattern {
  readonly prefixLength: number;
  readonly constant: readonly string[];
  readonly suffixLength: number;
  /** Distinct, in order of code points. */
  readonly characters: readonly string[];
  /** Public suffixes as lower-case A-labels, distinct, in order of code points. */
  readonly tlds: readonly string[];
}

const byCodePoint = (a: string, b: string): number => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);

/** Lower-cased, mapped and de-duplicated; case and repetition are no fault, a character that no label has is. */
function readCharacters(charSet: string): readonly string[] {
  const characters = new Set<string>();
  for (const typed of charSet.normalize('NFC')) {
    const character = mapToUnicode(typed);
    if (character === null || [...character].length !== 1) {
      throw invalidInput(`${JSON.stringify(typed)} cannot be a character of a name.`, 'charSet');
    }
    characters.add(character);
  }
  if (characters.size === 0) throw invalidInput('At least one character is needed.', 'charSet');
  if (characters.size === 1 && characters.has('-')) {
    throw invalidInput('A name cannot begin or end with a hyphen: add a letter or a digit.', 'charSet');
  }
  return [...characters].sort(byCodePoint);
}

/** Lengths of the variable parts that the mode uses; the one that it does not use is taken as 0. */
function readLengths(pattern: AffixPattern): { prefixLength: number; suffixLength: number } {
  const prefixLength = pattern.pattern === 'suffix' ? 0 : pattern.prefixVariableLength;
  const suffixLength = pattern.pattern === 'prefix' ? 0 : pattern.suffixVariableLength;
  if (pattern.pattern !== 'suffix' && prefixLength === 0) {
    throw invalidInput(
      'At least one variable character is needed before the constant part.',
      'prefixVariableLength',
    );
  }
  if (pattern.pattern !== 'prefix' && suffixLength === 0) {
    throw invalidInput(
      'At least one variable character is needed after the constant part.',
      'suffixVariableLength',
    );
  }
  return { prefixLength, suffixLength };
}

/** Refuses a constant part with which no candidate at all could be a name. */
function checkHyphens(constant: readonly string[], prefixLength: number, suffixLength: number): void {
  const isHyphenAt = (place: number): boolean => constant[place - prefixLength] === '-';
  if (isHyphenAt(0) || (suffixLength === 0 && constant.at(-1) === '-')) {
    throw invalidInput(`${DOMAIN_NAME_REASONS.HYPHEN_EDGE}.`, 'constantPart');
  }
  if (isHyphenAt(2) && isHyphenAt(3)) throw invalidInput(`${DOMAIN_NAME_REASONS.HYPHEN_34}.`, 'constantPart');
}

/** The normal form of `pattern`; throws `INVALID_INPUT` with the pattern's field at fault (`charSet`, `tlds.2`). */
export function normaliseAffix(pattern: AffixPattern): NormalPattern {
  const { prefixLength, suffixLength } = readLengths(pattern);
  const characters = readCharacters(pattern.charSet);
  const constant = readConstant(pattern.constantPart.trim());
  const length = prefixLength + constant.length + suffixLength;
  if (length > MAX_LABEL_OCTETS) {
    const field = pattern.pattern === 'prefix' ? 'prefixVariableLength' : 'suffixVariableLength';
    throw invalidInput(`The label would have ${length} characters; 63 is the most.`, field);
  }
  checkHyphens(constant, prefixLength, suffixLength);
  const tlds = readTlds(pattern.tlds);
  // Without a constant part it makes no difference on which side of it the variable characters are.
  if (constant.length === 0) return { prefixLength: length, constant, suffixLength: 0, characters, tlds };
  return { prefixLength, constant, suffixLength, characters, tlds };
}

/**
 * A text that two patterns share exactly when they have the same space with the same offsets: what a global offset for
 * a pattern is kept under (hashed). Where a campaign starts and how much it takes are not part of it.
 */
export function canonicalAffix(pattern: AffixPattern): string {
  const { prefixLength, constant, suffixLength, characters, tlds } = normaliseAffix(pattern);
  return JSON.stringify([
    'pattern/1',
    prefixLength,
    constant.join(''),
    suffixLength,
    characters.join(''),
    tlds,
  ]);
}
