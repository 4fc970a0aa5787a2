import { toULabel } from '../domain-name/label.ts';
import { type Candidate, candidateLabel, skippedFor } from './candidate.ts';
import type { NormalPattern } from './normal-pattern.ts';
import { walkRange } from './walk-range.ts';

/** How many offsets `generate` works out ahead of its consumer. */
const READ_AHEAD = 1_024n;

/**
 * Every candidate that a pattern means, each at its own offset in [0, size). Offsets do not move: an offset that gives
 * no name keeps its place (SPEC.md, G3).
 */
export interface NameSpace {
  readonly size: bigint;
  readonly pattern: NormalPattern;
  /** The candidate at `offset`; `RangeError` outside of [0, size). */
  nameAt(offset: bigint): Candidate;
  /** The offset that gives `name` (lower-case A-labels); null where none does. */
  offsetOf(name: string): bigint | null;
  /** The candidates of [lo, hi) in order. For bulk work `generateRange` is faster. */
  generate(lo: bigint, hi: bigint): Generator<Candidate, void, undefined>;
}

/** `RangeError` where [lo, hi) is not a range of the space. */
export function checkRange(space: NameSpace, lo: bigint, hi: bigint): void {
  if (lo < 0n || hi < lo || hi > space.size) {
    throw new RangeError(`[${lo}, ${hi}) is not within [0, ${space.size})`);
  }
}

function candidateAt(pattern: NormalPattern, offset: bigint): Candidate {
  const { prefixLength, constant, suffixLength, characters, tlds } = pattern;
  const base = BigInt(characters.length);
  const tldCount = BigInt(tlds.length);
  let rest = offset / tldCount;
  const variable: string[] = [];
  for (let place = prefixLength + suffixLength; place > 0; place--) {
    variable.unshift(characters[Number(rest % base)] as string);
    rest /= base;
  }
  variable.splice(prefixLength, 0, ...constant);
  const label = candidateLabel(variable.join(''));
  if (label.reason !== null) return skippedFor(label.reason);
  const tld = tlds[Number(offset % tldCount)] as string;
  return { ok: true, name: `${label.ascii}.${tld}` };
}

/** The space of a pattern in normal form. */
export function createNameSpace(pattern: NormalPattern): NameSpace {
  const { prefixLength, constant, suffixLength, characters, tlds } = pattern;
  const length = prefixLength + constant.length + suffixLength;
  const base = BigInt(characters.length);
  const size = base ** BigInt(prefixLength + suffixLength) * BigInt(tlds.length);
  const digitOf = new Map(characters.map((character, digit) => [character, BigInt(digit)]));
  const tldIndex = new Map(tlds.map((tld, index) => [tld, BigInt(index)]));

  const space: NameSpace = {
    size,
    pattern,
    nameAt(offset) {
      checkRange(space, offset, offset + 1n);
      return candidateAt(pattern, offset);
    },
    offsetOf(name) {
      const dot = name.indexOf('.');
      const tld = tldIndex.get(name.slice(dot + 1));
      const ascii = name.slice(0, Math.max(dot, 0));
      const unicode = ascii.startsWith('xn--') ? toULabel(ascii) : ascii;
      if (tld === undefined || unicode === null) return null;
      const points = [...unicode];
      if (points.length !== length) return null;
      const middle = points.splice(prefixLength, constant.length);
      if (middle.some((character, at) => character !== constant[at])) return null;
      let offset = 0n;
      for (const character of points) {
        const digit = digitOf.get(character);
        if (digit === undefined) return null;
        offset = offset * base + digit;
      }
      offset = offset * BigInt(tlds.length) + tld;
      // Only names that the space gives have an offset: `a--b` may be spelled with its characters and is none.
      const given = candidateAt(pattern, offset);
      return given.ok && given.name === name ? offset : null;
    },
    *generate(lo, hi) {
      checkRange(space, lo, hi);
      for (let from = lo; from < hi; from += READ_AHEAD) {
        const ahead: Candidate[] = [];
        walkRange(pattern, from, from + READ_AHEAD < hi ? from + READ_AHEAD : hi, {
          name: (_, name) => ahead.push({ ok: true, name }),
          skip: (_, reason) => ahead.push(skippedFor(reason)),
        });
        yield* ahead;
      }
    },
  };
  return space;
}
