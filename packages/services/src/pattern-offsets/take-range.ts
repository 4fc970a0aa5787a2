import { invalidInput } from '@domainflow/domain/errors.ts';
import { MAX_TARGET_DOMAINS, type Pattern } from '@domainflow/domain/generation/pattern.ts';

/** Offsets [start, start + count) of a space. */
export interface OffsetRange {
  readonly start: bigint;
  readonly count: number;
}

type Take = Pick<Pattern, 'resumeFlag' | 'startOffset' | 'targetDomainsToGenerate'>;

/** Whether a campaign with this pattern goes on where earlier ones stopped: unless it is told where to start. */
export const goesOn = (pattern: Pick<Take, 'resumeFlag' | 'startOffset'>): boolean =>
  pattern.resumeFlag ?? pattern.startOffset === null;

/** Where a campaign with this pattern would begin while `nextOffset` is the next free one. */
export const startOf = (pattern: Pick<Take, 'resumeFlag' | 'startOffset'>, nextOffset: bigint): bigint =>
  goesOn(pattern) ? nextOffset : BigInt(pattern.startOffset ?? 0);

/**
 * What a campaign takes of a space of `size` offsets whose next free one is `nextOffset`: its target, fewer where the
 * space ends before. Throws `INVALID_INPUT` with the pattern's field where nothing is left, or more than one campaign takes.
 */
export function takeRange(pattern: Take, size: bigint, nextOffset: bigint): OffsetRange {
  const start = startOf(pattern, nextOffset);
  const details = { size: String(size), nextOffset: String(nextOffset), available: '0' };
  if (start >= size && goesOn(pattern)) {
    throw invalidInput(
      `All ${size} offsets of this pattern have been given to campaigns: nothing is left to go on with. Widen the pattern, set its offset back, or say where to start (startOffset).`,
      'resumeFlag',
      details,
    );
  }
  if (start >= size) {
    throw invalidInput(`The space has ${size} offsets: none is left from there.`, 'startOffset', details);
  }
  const left = size - start;
  const target = pattern.targetDomainsToGenerate;
  if (target !== null) return { start, count: BigInt(target) < left ? target : Number(left) };
  if (left > BigInt(MAX_TARGET_DOMAINS)) {
    throw invalidInput(
      `${left} offsets are left and a campaign takes ${MAX_TARGET_DOMAINS} at most: say how many.`,
      'targetDomainsToGenerate',
      { left: String(left), most: MAX_TARGET_DOMAINS },
    );
  }
  return { start, count: Number(left) };
}
