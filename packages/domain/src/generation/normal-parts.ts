import { hasIdnaCharacters } from '../domain-name/idna2008.ts';
import { MAX_LABEL_OCTETS, MAX_NAME_LENGTH, toALabel, toULabel } from '../domain-name/label.ts';
import { parsePublicSuffix } from '../domain-name/public-suffix.ts';
import { DOMAIN_NAME_REASONS } from '../domain-name/reasons.ts';
import { invalidInput } from '../errors.ts';

/**
 * The form of `text` that a browser would take, in Unicode; null where it cannot stand in a label: UTS 46 maps it, and
 * IDNA2008 decides, which allows no emoji and no symbols.
 */
export function mapToUnicode(text: string): string | null {
  const mapped = mapText(text);
  return mapped !== null && hasIdnaCharacters(mapped) ? mapped : null;
}

function mapText(text: string): string | null {
  const lower = text.toLowerCase();
  if (/^[a-z0-9-]+$/.test(lower)) return lower.startsWith('xn--') ? toULabel(lower) : lower;
  if (/[\0-\x2c\x2e\x2f\x3a-\x60\x7b-\x7f]/.test(lower)) return null;
  const ascii = toALabel(lower);
  if (ascii === null || !/^[a-z0-9-]+$/.test(ascii)) return null;
  return ascii.startsWith('xn--') ? toULabel(ascii) : ascii;
}

/** The constant part as code points in Unicode form; `INVALID_INPUT` where it cannot stand in a label. */
export function readConstant(constantPart: string): readonly string[] {
  if (constantPart === '') return [];
  const constant = mapToUnicode(constantPart.normalize('NFC'));
  if (constant === null) {
    throw invalidInput(`${JSON.stringify(constantPart)} cannot be part of a name.`, 'constantPart');
  }
  return [...constant];
}

/**
 * Public suffixes as lower-case A-labels, distinct, in order of code points. `INVALID_INPUT` with the field (`tlds.2`)
 * where one is none, or is there twice.
 */
export function readTlds(tlds: readonly string[]): readonly string[] {
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
