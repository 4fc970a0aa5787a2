import { type Item, regexShape, type Shape } from './regex-shape.ts';

/** Shorter ones occur so often that looking for them saves nothing. */
const LEAST_UNITS = 2;
/** An expression of more alternatives is run everywhere instead. */
const MOST_LITERALS = 64;
/** Ways of one stretch of an expression that are written out: `(?:buy|sell) (?:gold|silver)` has four. */
const MOST_WRITTEN_OUT = 16;

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
  /** What may stand there in a row, written out. */
  let run = [''];
  const offer = (literals: string[] | null): void => {
    if (literals === null || shortest(literals) === 0) return;
    if (best === null || shortest(literals) > shortest(best)) best = literals;
  };
  for (const { atom, least, most } of sequence) {
    const words = least >= 1 ? wordsOf(atom) : null;
    if (words !== null) {
      if (run.length * words.length > MOST_WRITTEN_OUT) {
        offer(run);
        run = [''];
      }
      run = run.flatMap((before) => words.map((word) => before + word));
      if (most === 1) continue;
    }
    offer(run);
    run = [''];
    if (words === null && isShape(atom) && least >= 1) offer(ofAlternatives(atom));
  }
  offer(run);
  return best;
}

/** All that an atom stands for, where that can be written out. */
function wordsOf(atom: Item['atom']): string[] | null {
  if (typeof atom === 'string') return [atom];
  if (!isShape(atom)) return null;
  const words: string[] = [];
  for (const sequence of atom) {
    let ways = [''];
    for (const { atom: part, least, most } of sequence) {
      const parts = least === 1 && most === 1 ? wordsOf(part) : null;
      if (parts === null || ways.length * parts.length > MOST_WRITTEN_OUT) return null;
      ways = ways.flatMap((before) => parts.map((one) => before + one));
    }
    words.push(...ways);
    if (words.length > MOST_WRITTEN_OUT) return null;
  }
  return words;
}

const isShape = (atom: Item['atom']): atom is Shape => Array.isArray(atom);
