import { MAX_LABEL_OCTETS, MAX_NAME_LENGTH, toALabel, toULabel } from '../domain-name/label.ts';
import { parsePublicSuffix } from '../domain-name/public-suffix.ts';
import { DOMAIN_NAME_REASONS } from '../domain-name/reasons.ts';
import { invalidInput } from '../errors.ts';
import type { Pattern } from './pattern.ts';

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

/** The form of `text` that a browser would take, in Unicode; null where it cannot stand in a label. */
function mapToUnicode(text: string): string | null {
  const lower = text.toLowerCase();
  if (/^[a-z0-9-]+$/.test(lower)) return lower.startsWith('xn--') ? toULabel(lower) : lower;
  if (/[\0-\x2c\x2e\x2f\x3a-\x60\x7b-\x7f]/.test(lower)) return null;
  const ascii = toALabel(lower);
  if (ascii === null || !/^[a-z0-9-]+$/.test(ascii)) return null;
  return ascii.startsWith('xn--') ? toULabel(ascii) : ascii;
}

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
function readLengths(pattern: Pattern): { prefixLength: number; suffixLength: number } {
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

function readConstant(constantPart: string): readonly string[] {
  if (constantPart === '') return [];
  const constant = mapToUnicode(constantPart.normalize('NFC'));
  if (constant === null) {
    throw invalidInput(`${JSON.stringify(constantPart)} cannot be part of a name.`, 'constantPart');
  }
  return [...constant];
}

function readTlds(tlds: readonly string[]): readonly string[] {
  const suffixes = new Set<string>();
  tlds.forEach((typed, index) => {
    const field = `tlds.${index}`;
    const parsed = parsePublicSuffix(typed);
    if (!parsed.ok) throw invalidInput(`${typed}: ${DOMAIN_NAME_REASONS[parsed.reason]}.`, field);
    if (suffixes.has(parsed.suffix)) throw invalidInput(`${typed} is in the list already.`, field);
    // With room for the longest label, so that no candidate has to be measured against its TLD.
    if (MAX_LABEL_OCTETS + 1 + parsed.suffix.length > MAX_NAME_LENGTH) {
      throw invalidInput(`${typed}: ${DOMAIN_NAME_REASONS.TOO_LONG}.`, field);
    }
    suffixes.add(parsed.suffix);
  });
  if (suffixes.size === 0) throw invalidInput('At least one top-level domain is needed.', 'tlds');
  return [...suffixes].sort();
}

/** The normal form of `pattern`; throws `INVALID_INPUT` with the pattern's field at fault (`charSet`, `tlds.2`). */
export function normalisePattern(pattern: Pattern): NormalPattern {
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
export function canonicalPattern(pattern: Pattern): string {
  const { prefixLength, constant, suffixLength, characters, tlds } = normalisePattern(pattern);
  return JSON.stringify([
    'pattern/1',
    prefixLength,
    constant.join(''),
    suffixLength,
    characters.join(''),
    tlds,
  ]);
}
