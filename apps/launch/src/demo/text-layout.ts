/** Letters of two columns: East Asian wide and full-width forms (Unicode Standard Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const ELLIPSIS = '…';

const widthOfCharacter = (character: string): number => (WIDE.test(character) ? 2 : 1);

/** Columns that a text takes in a terminal. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + widthOfCharacter(character), 0);

/** One line of text from a page: whatever it holds, it must not steer the terminal. */
export const plainText = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();

/** The text in at most so many columns, with an ellipsis where it is cut. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return kept.trimEnd() + ELLIPSIS;
}

/** The text filled up with spaces to so many columns. */
export const padRight = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(columns - widthOf(text), 0));

/** 12,345. */
export const formatCount = (count: number): string => count.toLocaleString('en');

/** A share of the whole: 12.3%. Nothing of nothing is 0. */
export const formatShare = (part: number, whole: number): string =>
  `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)}%`;

/** A time: 0.42 s, 3.1 s, 2 min 05 s. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** A bar of so many columns, filled by eighths of one. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * columns * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return padRight('█'.repeat(Math.floor(eighths / 8)) + part, columns);
}

/** The texts one after the other in lines of at most so many columns; a text that is longer than a line is cut. */
export function wrap(texts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [index, text] of texts.entries()) {
    const separator = index === texts.length - 1 ? '' : ',';
    const piece = cut(text, columns - separator.length) + separator;
    const longer = line === '' ? piece : `${line} ${piece}`;
    if (widthOf(longer) <= columns) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = piece;
  }
  return line === '' ? lines : [...lines, line];
}
