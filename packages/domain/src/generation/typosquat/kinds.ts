/** The ways in which a name is made that is mistaken for another; their blocks of offsets stand in this order. */
export const TYPOSQUAT_KINDS = [
  'addition',
  'bitsquatting',
  'homoglyph',
  'hyphenation',
  'insertion',
  'omission',
  'plural',
  'repetition',
  'replacement',
  'transposition',
  'vowel_swap',
  'subdomain',
  'tld_swap',
] as const;
export type TyposquatKind = (typeof TYPOSQUAT_KINDS)[number];

export const KEYBOARDS = ['qwerty', 'qwertz', 'azerty'] as const;
export type Keyboard = (typeof KEYBOARDS)[number];
