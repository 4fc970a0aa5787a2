import type { NameSpace } from '@domainflow/domain/generation/name-space.ts';
import type { OffsetRange } from '../pattern-offsets/take-range.ts';

/** So many offsets are tried for each name that is wanted, before fewer names will do. */
const TRIES_PER_NAME = 20;

/** A whole number below `below`, every one as likely as the others but for one in 2^21. */
function randomBelow(below: number): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return Math.floor(((high * 2 ** 21 + (low >>> 11)) / 2 ** 53) * below);
}

/** Up to `n` distinct names of the range, drawn at random; all of them where there are no more offsets than that. */
export function drawNames(space: NameSpace, { start, count }: OffsetRange, n: number): string[] {
  const names = new Set<string>();
  const take = (index: number): void => {
    const candidate = space.nameAt(start + BigInt(index));
    if (candidate.ok) names.add(candidate.name);
  };
  if (count <= n) for (let index = 0; index < count; index++) take(index);
  else for (let tries = 0; names.size < n && tries < n * TRIES_PER_NAME; tries++) take(randomBelow(count));
  return [...names];
}
