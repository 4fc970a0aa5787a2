import { foldSpace, storableText } from '../content/storable-text.ts';
import { FOLD, foldClasses } from '../content/unit-classes.ts';
import { unitAt } from '../unit-at.ts';

const UNITS_AROUND = 40;
const MATCH_UNITS = 200;
const CONTEXT_UNITS = 300;

/** A match with up to 40 units on each side as one line that can be stored: blanks folded, at most 300 units. */
export function contextOf(text: string, start: number, end: number): string {
  const from = Math.max(0, start - UNITS_AROUND);
  const to = Math.min(text.length, Math.min(end, start + MATCH_UNITS) + UNITS_AROUND);
  if (!isFolded(text, from, to))
    return storableText(foldSpace(text.slice(from, to).toWellFormed()), CONTEXT_UNITS);
  const isBlankFirst = unitAt(text, from) === 0x20;
  const isBlankLast = unitAt(text, to - 1) === 0x20;
  return text.slice(isBlankFirst ? from + 1 : from, isBlankLast ? to - 1 : to);
}

/** Whether nothing but blanks at its ends has to go from a stretch: that of page text, as a rule. */
function isFolded(text: string, from: number, to: number): boolean {
  const classes = foldClasses();
  let before: number = FOLD.plain;
  for (let at = from; at < to; at++) {
    const unit = unitAt(text, at);
    const kind = classes[unit] as number;
    if (unit === 0 || (kind !== FOLD.plain && (kind !== FOLD.blank || before === FOLD.blank))) return false;
    before = kind;
  }
  return true;
}
