import { unitAt } from '../unit-at.ts';

/** What a unit is to a number as it is written. */
const KIND = { none: 0, between: 1, digit: 2 } as const;
const KINDS = new Uint8Array(0x10000);
for (const unit of ' \u00a0.．-‐‑‒–—―−－ー()（）/+') KINDS[unit.charCodeAt(0)] = KIND.between;
// ASCII, full width, Arabic, Persian.
for (const zero of '0０٠۰')
  for (let digit = 0; digit < 10; digit++) KINDS[zero.charCodeAt(0) + digit] = KIND.digit;

/** A stretch of a text, `end` exclusive. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * Stretches of nothing but digits, of ASCII or full width, and of what is written between those of a number, with at
 * least so many digits. Only every so-many-th unit of the text is looked at: none of these stretches lies between two.
 */
export function digitRuns(text: string, leastDigits: number): Run[] {
  const runs: Run[] = [];
  for (let at = leastDigits - 1; at < text.length; at += leastDigits) {
    if (KINDS[unitAt(text, at)] === KIND.none) continue;
    let start = at;
    while (start > 0 && KINDS[unitAt(text, start - 1)] !== KIND.none) start--;
    let digits = 0;
    let end = start;
    for (; end < text.length && KINDS[unitAt(text, end)] !== KIND.none; end++)
      if (KINDS[unitAt(text, end)] === KIND.digit) digits++;
    if (digits >= leastDigits) runs.push({ start, end });
    at = end;
  }
  return runs;
}
