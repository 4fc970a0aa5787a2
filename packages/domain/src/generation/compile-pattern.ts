import { invalidInput } from '../errors.ts';
import { createNameSpace, type NameSpace } from './name-space.ts';
import { normalisePattern } from './normal-pattern.ts';
import { MAX_TARGET_DOMAINS, type Pattern } from './pattern.ts';

/** The most names that a space may have: far beyond what can be generated, small enough to show and to add up. */
export const MAX_SPACE_SIZE = 10n ** 60n;

/**
 * The space of names that a pattern means. Throws `INVALID_INPUT` with the path of the field at fault, relative to the
 * pattern (`charSet`, `tlds.2`).
 */
export function compilePattern(pattern: Pattern): NameSpace {
  const space = createNameSpace(normalisePattern(pattern));
  if (space.size > MAX_SPACE_SIZE) {
    const field = pattern.pattern === 'suffix' ? 'suffixVariableLength' : 'prefixVariableLength';
    throw invalidInput('The space has more than 10^60 names: use fewer variable characters.', field, {
      size: String(space.size),
    });
  }
  return space;
}

/** The part of a space that one campaign takes: `count` offsets from `start`. */
export interface CampaignRange {
  readonly space: NameSpace;
  readonly start: bigint;
  /** Offsets, so names and skipped candidates together; at most `MAX_TARGET_DOMAINS`. */
  readonly count: number;
}

/**
 * What a campaign with this pattern takes: `targetDomainsToGenerate` offsets from `startOffset`, fewer where the space
 * ends before, all that are left where it is null. Throws `INVALID_INPUT` where that is nothing, or more than a
 * campaign may hold.
 */
export function campaignRange(pattern: Pattern): CampaignRange {
  const space = compilePattern(pattern);
  const start = BigInt(pattern.startOffset);
  if (start >= space.size) {
    throw invalidInput(`The space has ${space.size} names: none is left from there.`, 'startOffset', {
      size: String(space.size),
    });
  }
  const left = space.size - start;
  const target = pattern.targetDomainsToGenerate;
  if (target !== null) return { space, start, count: BigInt(target) < left ? target : Number(left) };
  if (left > BigInt(MAX_TARGET_DOMAINS)) {
    throw invalidInput(
      `${left} names are left and a campaign takes ${MAX_TARGET_DOMAINS} at most: say how many.`,
      'targetDomainsToGenerate',
      { left: String(left), most: MAX_TARGET_DOMAINS },
    );
  }
  return { space, start, count: Number(left) };
}
