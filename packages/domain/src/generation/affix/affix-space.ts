import { toULabel } from '../../domain-name/label.ts';
import { type Candidate, candidateLabel, nameUnder } from '../candidate.ts';
import { checkRange, type NameSpace } from '../name-space.ts';
import type { NormalPattern } from './normal-pattern.ts';
import { walkAffix } from './walk-affix.ts';

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
  return nameUnder(candidateLabel(variable.join('')), tlds[Number(offset % tldCount)] as string);
}

/** The space of a pattern of variable characters in normal form. */
export function createAffixSpace(pattern: NormalPattern): NameSpace {
  const { prefixLength, constant, suffixLength, characters, tlds } = pattern;
  const length = prefixLength + constant.length + suffixLength;
  const base = BigInt(characters.length);
  const size = base ** BigInt(prefixLength + suffixLength) * BigInt(tlds.length);
  const digitOf = new Map(characters.map((character, digit) => [character, BigInt(digit)]));
  const tldIndex = new Map(tlds.map((tld, index) => [tld, BigInt(index)]));

  const space: NameSpace = {
    size,
    mayRepeat: false,
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
    walk: (lo, hi, visitor) => walkAffix(pattern, lo, hi, visitor),
  };
  return space;
}
