import type { RuleMatch } from '@domainflow/domain/keyword/rule-occurrences.ts';

export interface ContextPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** A text cut into what matched and what did not; matches that overlap are one. */
export function markContext(text: string, matches: readonly RuleMatch[]): ContextPiece[] {
  const spans = matches
    .flatMap(({ start, end, further }) => {
      const all: [number, number][] = [[start, end]];
      for (let at = 0; at + 1 < further.length; at += 2)
        all.push([further[at] as number, further[at + 1] as number]);
      return all;
    })
    .sort(([a], [b]) => a - b);
  const pieces: ContextPiece[] = [];
  let from = 0;
  for (const [start, end] of spans) {
    const last = pieces.at(-1);
    if (start < from && last !== undefined) {
      if (end > from) pieces[pieces.length - 1] = { text: last.text + text.slice(from, end), isMatch: true };
    } else {
      if (start > from) pieces.push({ text: text.slice(from, start), isMatch: false });
      pieces.push({ text: text.slice(start, end), isMatch: true });
    }
    from = Math.max(from, end);
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMatch: false });
  return pieces;
}
