const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** Sets of characters that people start from. */
export const CHARSET_PRESETS = [
  { label: 'a–z', charSet: LETTERS },
  { label: '0–9', charSet: DIGITS },
  { label: 'a–z 0–9', charSet: LETTERS + DIGITS },
  { label: 'a–z 0–9 -', charSet: `${LETTERS + DIGITS}-` },
  { label: 'vowels', charSet: 'aeiou' },
] as const;
