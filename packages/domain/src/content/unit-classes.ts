/** What a UTF-16 unit is to texts that are stored: most are plain. */
export const FOLD = { plain: 0, blank: 1, space: 2, composing: 3 } as const;

let table: Uint8Array | null = null;

/**
 * Class of each UTF-16 unit: the blank, white space of other kinds, and what NFC may change or join to its neighbours,
 * or what stands in no text, such as the soft hyphen.
 */
export function foldClasses(): Uint8Array {
  if (table !== null) return table;
  const classes = new Uint8Array(0x10000);
  // Below are no marks, and what is composed stays so.
  for (let unit = 0x300; unit < 0x10000; unit++) {
    // Ideographs; the compatibility ones, which NFC replaces, come later.
    if (unit === 0x3400) unit = 0xa000;
    if (isComposing(String.fromCharCode(unit), unit)) classes[unit] = FOLD.composing;
  }
  for (let unit = 0; unit < 0x10000; unit++)
    if (/[\s\u200b\u2060\ufeff]/.test(String.fromCharCode(unit))) classes[unit] = FOLD.space;
  classes[0x20] = FOLD.blank;
  // Left out, so that it joins what is beside it.
  classes[0xad] = FOLD.composing;
  table = classes;
  return classes;
}

/** Marks, Hangul of parts, halves of pairs, and what NFC writes otherwise. */
const isComposing = (character: string, unit: number): boolean =>
  (unit >= 0x1100 && unit <= 0x11ff) ||
  (unit >= 0xd7b0 && unit <= 0xdfff) ||
  /\p{M}/u.test(character) ||
  character.normalize('NFC') !== character;
