import type { Candidate, SkipReason } from './candidate.ts';
import { compilePattern } from './compile-pattern.ts';
import { NO_WORD_LISTS, type WordLists } from './dictionary/word-list.ts';
import type { NameSpace } from './name-space.ts';
import type { Pattern } from './pattern.ts';
import { sampleOffsets } from './sample-offsets.ts';

/** How far a sample looks onwards from an offset that gives no name. */
const MAX_STEPS = 64n;
/** Offsets that the shares are estimated from; of a range with no more of them the shares are exact. */
const ESTIMATE_OFFSETS = 2_000;

export interface PatternPreview {
  /** Offsets of the whole space. */
  readonly size: bigint;
  /** Offsets from the pattern's `startOffset` on: what campaigns can still take. */
  readonly available: bigint;
  /** Names from across what is available, in the order in which they would be generated; at most `n`. */
  readonly sample: readonly { readonly offset: bigint; readonly name: string }[];
  /** Offsets that this campaign takes of what is available. */
  readonly taken: bigint;
  /** Share of the offsets that it takes which give a name, from 0 to 1; 1 where it takes none. */
  readonly namesShare: number;
  /** Shares of those that are skipped, by reason. */
  readonly skippedShares: Readonly<Partial<Record<SkipReason, number>>>;
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
  const start = BigInt(pattern.startOffset);
  const available = start < space.size ? space.size - start : 0n;
  const offsets = sampleOffsets(available, n).map((offset) => start + offset);
  const sample = offsets.flatMap((offset, index) => {
    const found = nameNear(space, offset, offsets[index + 1] ?? space.size);
    return found === null ? [] : [found];
  });
  const target = pattern.targetDomainsToGenerate;
  const taken = target === null || BigInt(target) > available ? available : BigInt(target);
  return { size: space.size, available, sample, taken, ...sharesOf(space, start, taken) };
}

/** How the offsets [start, start + count) fall out, estimated from some of them. */
function sharesOf(
  space: NameSpace,
  start: bigint,
  count: bigint,
): Pick<PatternPreview, 'namesShare' | 'skippedShares'> {
  const offsets = sampleOffsets(count, ESTIMATE_OFFSETS);
  let names = 0;
  const skipped = new Map<SkipReason, number>();
  for (const offset of offsets) {
    const candidate = space.nameAt(start + offset);
    if (candidate.ok) names++;
    else skipped.set(candidate.reason, (skipped.get(candidate.reason) ?? 0) + 1);
  }
  if (offsets.length === 0) return { namesShare: 1, skippedShares: {} };
  return {
    namesShare: names / offsets.length,
    skippedShares: Object.fromEntries([...skipped].map(([reason, n]) => [reason, n / offsets.length])),
  };
}
