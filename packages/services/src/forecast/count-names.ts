import type { SkipReason } from '@domainflow/domain/generation/candidate.ts';
import { generateRange } from '@domainflow/domain/generation/generate-range.ts';
import type { NameSpace } from '@domainflow/domain/generation/name-space.ts';
import { sampleOffsets } from '@domainflow/domain/generation/sample-offsets.ts';
import type { OffsetRange } from '../pattern-offsets/take-range.ts';

/** Ranges up to this length are walked; of longer ones so many offsets are looked at. */
const MAX_COUNTED = 20_000;
const SAMPLED = 2_000;

export interface NameCount {
  readonly names: number;
  /** Offsets without a name, by reason. */
  readonly skipped: Partial<Record<SkipReason, number>>;
  /** False: both are estimated from a sample across the range. */
  readonly isExact: boolean;
}

/** How many names a range gives, and what it skips. */
export function countNames(space: NameSpace, { start, count }: OffsetRange): NameCount {
  if (count <= MAX_COUNTED) {
    const { domains, skipped } = generateRange(space, start, start + BigInt(count));
    return { names: domains.length, skipped, isExact: true };
  }
  const seen: Partial<Record<SkipReason, number>> = {};
  for (const offset of sampleOffsets(BigInt(count), SAMPLED)) {
    const candidate = space.nameAt(start + offset);
    if (!candidate.ok) seen[candidate.reason] = (seen[candidate.reason] ?? 0) + 1;
  }
  const skipped = Object.fromEntries(
    Object.entries(seen).map(([reason, n]) => [reason, Math.round((n / SAMPLED) * count)]),
  );
  const names = count - Object.values(skipped).reduce((sum, n) => sum + n, 0);
  return { names, skipped, isExact: false };
}
