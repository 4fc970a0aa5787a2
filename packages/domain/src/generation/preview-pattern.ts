import type { Candidate } from './candidate.ts';
import { compilePattern } from './compile-pattern.ts';
import { NO_WORD_LISTS, type WordLists } from './dictionary/word-list.ts';
import type { NameSpace } from './name-space.ts';
import type { Pattern } from './pattern.ts';
import { sampleOffsets } from './sample-offsets.ts';

/** How far a sample looks onwards from an offset that gives no name. */
const MAX_STEPS = 64n;

export interface PatternPreview {
  /** Offsets of the whole space. */
  readonly size: bigint;
  /** Offsets from the pattern's `startOffset` on: what campaigns can still take. */
  readonly available: bigint;
  /** Names from across what is available, in the order in which they would be generated; at most `n`. */
  readonly sample: readonly { readonly offset: bigint; readonly name: string }[];
}

/** The first name at or after `offset`, before `end`, within a few steps. */
function nameNear(space: NameSpace, offset: bigint, end: bigint): { offset: bigint; name: string } | null {
  for (let at = offset; at < end && at < offset + MAX_STEPS; at++) {
    const candidate: Candidate = space.nameAt(at);
    if (candidate.ok) return { offset: at, name: candidate.name };
  }
  return null;
}

/** What a pattern would give, without generating it: the same pattern gives the same preview. Throws as `compilePattern`. */
export function previewPattern(
  pattern: Pattern,
  n: number,
  wordLists: WordLists = NO_WORD_LISTS,
): PatternPreview {
  const space = compilePattern(pattern, wordLists);
  const start = BigInt(pattern.startOffset ?? 0);
  const available = start < space.size ? space.size - start : 0n;
  const offsets = sampleOffsets(available, n).map((offset) => start + offset);
  const sample = offsets.flatMap((offset, index) => {
    const found = nameNear(space, offset, offsets[index + 1] ?? space.size);
    return found === null ? [] : [found];
  });
  return { size: space.size, available, sample };
}
