import { unitAt } from '../unit-at.ts';

/** What a UTF-16 unit is to word boundaries. */
export const UNIT = { none: 0, word: 1, unspaced: 2, surrogate: 3 } as const;

const WORD = /^[\p{L}\p{N}\p{M}_]$/u;
/** Scripts written without blanks between words, and Korean, whose particles follow nouns directly. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]$/u;

let table: Uint8Array | null = null;

/** Class of each UTF-16 unit; surrogates have one of their own. */
export function classTable(): Uint8Array {
  if (table !== null) return table;
  const classes = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) classes[unit] = UNIT.surrogate;
    else classes[unit] = classOf(String.fromCharCode(unit));
  }
  table = classes;
  return classes;
}

function classOf(character: string): number {
  if (UNSPACED.test(character)) return UNIT.unspaced;
  return WORD.test(character) ? UNIT.word : UNIT.none;
}

/** Class of the character that ends just before `index` (`after` false) or begins there. */
function classAt(text: string, index: number, after: boolean): number {
  const at = after ? index : index - 1;
  if (at < 0 || at >= text.length) return UNIT.none;
  const known = classTable()[unitAt(text, at)] as number;
  if (known !== UNIT.surrogate) return known;
  const start = after ? at : at - 1;
  const point = text.codePointAt(start);
  return point === undefined || point < 0x10000 ? UNIT.none : classOf(String.fromCodePoint(point));
}

/**
 * Whether `text[start, end)` stands as words of its own: on each side the neighbours are not both letters, digits or
 * marks of a script that puts blanks between words.
 */
export function standsAlone(text: string, start: number, end: number): boolean {
  const classes = table ?? classTable();
  return (
    (start <= 0 || isBoundary(classes, text, start, start - 1)) &&
    (end >= text.length || isBoundary(classes, text, end, end))
  );
}

/** Whether there is a boundary before `index`; `outer` is the place of the neighbour, mostly a blank that says it all. */
function isBoundary(classes: Uint8Array, text: string, index: number, outer: number): boolean {
  const neighbour = classes[unitAt(text, outer)] as number;
  if (neighbour === UNIT.none || neighbour === UNIT.unspaced) return true;
  return classAt(text, index, false) !== UNIT.word || classAt(text, index, true) !== UNIT.word;
}
