import { candidateLabel, plainLabel } from '../candidate.ts';
import type { RangeVisitor } from '../name-space.ts';
import { createSuffixWriter } from '../write-under-suffixes.ts';
import type { NormalPattern } from './normal-pattern.ts';

/** Digits of the label number `index`, the most significant first. */
function digitsOf(index: bigint, places: number, base: number): number[] {
  const digits = new Array<number>(places).fill(0);
  let rest = index;
  for (let place = places - 1; place >= 0; place--) {
    digits[place] = Number(rest % BigInt(base));
    rest /= BigInt(base);
  }
  return digits;
}

/** Steps the digits up by one, from `place` leftwards; past the end they start again. */
function carry(digits: number[], place: number, base: number): void {
  for (let at = place; at >= 0; at--) {
    const next = (digits[at] as number) + 1;
    if (next < base) {
      digits[at] = next;
      return;
    }
    digits[at] = 0;
  }
}

/**
 * Walks [lo, hi), a range within the pattern's space, like an odometer: big integers only for the start, then for each
 * label a step of its last digit and the same head before it.
 */
export function walkAffix(pattern: NormalPattern, lo: bigint, hi: bigint, visitor: RangeVisitor): void {
  const { prefixLength, constant, suffixLength, characters, tlds } = pattern;
  const base = characters.length;
  const tldCount = tlds.length;
  const write = createSuffixWriter(tlds);
  const isPlain = [...constant, ...characters].every((character) => character < '\x80');
  const judge = isPlain ? plainLabel : candidateLabel;
  const lastPlace = prefixLength + suffixLength - 1;
  const digits = digitsOf(lo / BigInt(tldCount), lastPlace + 1, base);
  const middle = constant.join('');
  const tail = suffixLength === 0 ? middle : '';

  /** All of the label before its last variable character. */
  const headOf = (): string => {
    let head = '';
    for (let place = 0; place < lastPlace; place++) {
      if (place === prefixLength) head += middle;
      head += characters[digits[place] as number] as string;
    }
    return suffixLength > 0 && lastPlace === prefixLength ? head + middle : head;
  };

  let head = headOf();
  let last = digits[lastPlace] as number;
  let tld = Number(lo % BigInt(tldCount));
  const count = Number(hi - lo);
  let index = 0;
  while (index < count) {
    const label = head + (characters[last] as string) + tail;
    index = write(judge(label), tld, index, count, visitor);
    tld = 0;
    if (++last === base) {
      last = 0;
      carry(digits, lastPlace - 1, base);
      head = headOf();
    }
  }
}
