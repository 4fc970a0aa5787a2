import { type Item, regexShape, type Shape } from './regex-shape.ts';

/** Shorter ones occur so often that looking for them saves nothing. */
const LEAST_UNITS = 2;
/** An expression of more alternatives is run everywhere instead. */
const MOST_LITERALS = 64;

/**
 * Literals of which one must occur, case aside, in whatever a regular expression matches; null where there are none to
 * speak of.
 */
export function requiredLiterals(source: string, leastUnits = LEAST_UNITS): string[] | null {
  const shape = regexShape(source);
  const found = shape === null ? null : ofAlternatives(shape);
  return found === null || found.some((literal) => literal.length < leastUnits) ? null : found;
}

function ofAlternatives(shape: Shape): string[] | null {
  const all: string[] = [];
  for (const sequence of shape) {
    const one = ofSequence(sequence);
    if (one === null || all.length + one.length > MOST_LITERALS) return null;
    all.push(...one);
  }
  return all;
}

const shortest = (literals: readonly string[]): number =>
  literals.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);

/** The best set of literals in a sequence: that whose shortest is longest. */
function ofSequence(sequence: readonly Item[]): string[] | null {
  let best: string[] | null = null;
  let run = '';
  const offer = (literals: string[] | null): void => {
    if (literals === null || literals.length === 0) return;
    if (best === null || shortest(literals) > shortest(best)) best = literals;
  };
  for (const { atom, least, most } of sequence) {
    if (typeof atom === 'string' && least >= 1) {
      run += atom;
      if (most === 1) continue;
    }
    if (run !== '') offer([run]);
    run = '';
    if (Array.isArray(atom) && least >= 1) offer(ofAlternatives(atom as Shape));
  }
  if (run !== '') offer([run]);
  return best;
}
