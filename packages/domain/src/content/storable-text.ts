import { unitAt } from '../unit-at.ts';
import { FOLD, foldClasses } from './unit-classes.ts';

/**
 * Text that any store and reader takes: at most `max` UTF-16 units, no NUL (PostgreSQL refuses it) and no lone
 * surrogate, which a cut may leave.
 */
export function storableText(text: string, max: number): string {
  if (text.length <= max && text.length <= SHORT_UNITS && isPlain(text)) return text;
  const cut = text.length > max ? text.slice(0, max) : text;
  const clean = cut.includes('\0') ? cut.replaceAll('\0', '') : cut;
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}

/** Up to here it takes less to look at each unit than to call what looks at all of them. */
const SHORT_UNITS = 64;

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = unitAt(text, at);
    if (unit === 0 || (unit & 0xf800) === 0xd800) return false;
  }
  return true;
}

// Single blanks, the usual case, are no match and cost nothing; a class without the blank spares a look ahead.
const SPACE = String.raw`[\s\u200b\u2060\ufeff]`;
const NO_BLANK = String.raw`[\t-\r\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]`;
const FOLDABLE = new RegExp(`${NO_BLANK}${SPACE}*| ${SPACE}+`, 'g');

/** Where a word may be broken: nobody sees it, and no search minds it. */
const SOFT_HYPHEN = '\u00ad';

/** Letters composed (NFC), of a text whose white space is folded; without soft hyphens. */
export const composed = (text: string): string =>
  text.includes(SOFT_HYPHEN) ? foldSpace(text) : text.normalize('NFC');

/** White space of all kinds folded to single blanks, ends trimmed, letters composed (NFC), soft hyphens left out. */
export function foldSpace(text: string): string {
  const classes = foldClasses();
  let before: number = FOLD.blank;
  for (let at = 0; at < text.length; at++) {
    const kind = classes[unitAt(text, at)] as number;
    if (kind !== FOLD.plain && (kind !== FOLD.blank || before === FOLD.blank))
      return text.replaceAll(SOFT_HYPHEN, '').replace(FOLDABLE, ' ').trim().normalize('NFC');
    before = kind;
  }
  return before === FOLD.blank ? text.trimEnd() : text;
}

/** A JSON value made storable: strings cleaned, nesting and size limited; undefined where it goes beyond them. */
export function storableJson(value: unknown, depth = 32): unknown {
  if (typeof value === 'string') return storableText(value, 4096);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.slice(0, 200).map((item) => storableJson(item, depth - 1));
  const clean: Record<string, unknown> = {};
  let left = 200;
  for (const key of Object.keys(value)) {
    if (left-- === 0) break;
    if (key !== '__proto__')
      clean[storableText(key, 200)] = storableJson((value as Record<string, unknown>)[key], depth - 1);
  }
  return clean;
}
