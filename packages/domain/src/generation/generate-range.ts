import type { SkipReason } from './candidate.ts';
import { checkRange, type NameSpace } from './name-space.ts';

export interface GeneratedRange {
  /** The names, in order; `ordinal` is `firstOrdinal` plus the distance of the name's offset from `lo`. */
  readonly domains: { readonly ordinal: number; readonly name: string }[];
  /** Offsets that gave no name, by reason; `domains` and these add up to `hi - lo`. */
  readonly skipped: Partial<Record<SkipReason, number>>;
}

/** The names of the offsets [lo, hi), millions a second. The whole range is held: ask for thousands at a time. */
export function generateRange(space: NameSpace, lo: bigint, hi: bigint, firstOrdinal = 0): GeneratedRange {
  checkRange(space, lo, hi);
  const domains: { ordinal: number; name: string }[] = [];
  const skipped: Partial<Record<SkipReason, number>> = {};
  space.walk(lo, hi, {
    name: (index, name) => domains.push({ ordinal: firstOrdinal + index, name }),
    skip: (_, reason) => {
      skipped[reason] = (skipped[reason] ?? 0) + 1;
    },
  });
  return { domains, skipped };
}
