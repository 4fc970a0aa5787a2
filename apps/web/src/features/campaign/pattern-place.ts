/** Offsets as whole numbers of any size; `start` and `end` are null before the campaign was given any. */
export interface PatternPlace {
  readonly size: bigint;
  readonly start: bigint | null;
  readonly end: bigint | null;
  readonly next: bigint;
}

/** A stretch of the space in percent of it, from its left. */
export interface Stretch {
  readonly left: number;
  readonly width: number;
}

/** Percent with four decimals, however large the numbers are. */
const percentOf = (part: bigint, size: bigint): number =>
  size === 0n ? 0 : Number((part * 1_000_000n) / size) / 10_000;

export interface PlaceStretches {
  /** What campaigns that went on one after the other have been given. */
  readonly given: Stretch;
  readonly own: Stretch | null;
}

/** Where the campaign's offsets lie in the space, for a bar. */
export function placeStretches({ size, start, end, next }: PatternPlace): PlaceStretches {
  return {
    given: { left: 0, width: percentOf(next, size) },
    own:
      start === null || end === null
        ? null
        : { left: percentOf(start, size), width: percentOf(end - start, size) },
  };
}

export type OffsetChange =
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'back' | 'forward'; readonly by: bigint };

/** What setting the next offset to `text` would do. */
export function offsetChange(
  text: string,
  { size, next }: Pick<PatternPlace, 'size' | 'next'>,
): OffsetChange {
  const digits = text.trim().replaceAll(/[,\s]/g, '');
  if (!/^\d{1,78}$/.test(digits)) return { kind: 'invalid', message: 'A whole number, from 0' };
  const offset = BigInt(digits);
  if (offset > size) return { kind: 'invalid', message: 'The space ends before that' };
  if (offset === next) return { kind: 'same' };
  return offset < next ? { kind: 'back', by: next - offset } : { kind: 'forward', by: offset - next };
}

/** The number as the API takes it. */
export const asOffset = (text: string): string => String(BigInt(text.trim().replaceAll(/[,\s]/g, '')));
