/** Scripts in use (UAX 31, table 5, and those of limited use that registries take). All others count as one. */
const SCRIPTS = [
  'Latin',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Armenian',
  'Georgian',
  'Devanagari',
  'Bengali',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Malayalam',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Ethiopic',
  'Thaana',
  'Mongolian',
  'Cherokee',
  'Canadian_Aboriginal',
] as const;
const OTHER = SCRIPTS.length;
const PATTERNS = SCRIPTS.map((script) => new RegExp(`^\\p{Script=${script}}$`, 'u'));
const ANY = /^[\p{Script=Common}\p{Script=Inherited}]$/u;

const bit = (...names: (typeof SCRIPTS)[number][]): number =>
  names.reduce((bits, name) => bits | (1 << SCRIPTS.indexOf(name)), 0);
/** Languages that are written in several scripts (UTS 39, section 5.2, “highly restrictive”). */
const TOGETHER = [
  bit('Latin', 'Han', 'Hiragana', 'Katakana'),
  bit('Latin', 'Han', 'Bopomofo'),
  bit('Latin', 'Han', 'Hangul'),
];

/** Bit of a character's script, 0 for those of all scripts; kept, because labels of a space share their characters. */
const known = new Map<string, number>();

function scriptBit(character: string): number {
  let bits = known.get(character);
  if (bits === undefined) {
    const at = PATTERNS.findIndex((pattern) => pattern.test(character));
    // A power and not a shift: there are more scripts than bits in an integer.
    bits = ANY.test(character) ? 0 : 2 ** (at < 0 ? OTHER : at);
    known.set(character, bits);
  }
  return bits;
}

/**
 * Whether a label mixes scripts that no language mixes (Latin and Cyrillic, say). IDNA2008 leaves that to registries; they
 * refuse it (ICANN's Guidelines for the Implementation of IDNs, version 4, guideline 12).
 */
export function mixesScripts(unicode: string): boolean {
  const bits = new Set<number>();
  for (const character of unicode) {
    const script = scriptBit(character);
    if (script !== 0) bits.add(script);
  }
  if (bits.size < 2) return false;
  let all = 0;
  for (const script of bits) all += script;
  return !TOGETHER.some((allowed) => all < 2 ** 31 && (all & ~allowed) === 0);
}
