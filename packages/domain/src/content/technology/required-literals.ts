/** Literals of a pattern of which one must occur in whatever it matches; null where there are none to speak of. */
export function requiredLiterals(source: string): string[] | null {
  const found = literalsOf(new Cursor(source));
  return found === null || found.some((literal) => literal.length < LEAST_UNITS) ? null : found;
}

/** Shorter ones occur so often that looking for them saves nothing. */
const LEAST_UNITS = 2;
/** A pattern of more alternatives is tried on every value instead. */
const MOST_LITERALS = 64;

class Cursor {
  at = 0;
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  get unit(): string {
    return this.source[this.at] ?? '';
  }
}

/** One literal of each alternative, up to the end or the closing bracket. */
function literalsOf(cursor: Cursor): string[] | null {
  let all: string[] | null = [];
  for (;;) {
    const one = literalsOfSequence(cursor);
    all = all === null || one === null || all.length + one.length > MOST_LITERALS ? null : [...all, ...one];
    if (cursor.unit !== '|') return all;
    cursor.at++;
  }
}

const shortest = (literals: readonly string[]): number =>
  literals.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);

/** The best set of literals in a sequence of atoms: that whose shortest is longest. */
function literalsOfSequence(cursor: Cursor): string[] | null {
  let best: string[] | null = null;
  let run = '';
  const offer = (literals: string[] | null): void => {
    if (literals === null || literals.length === 0) return;
    if (best === null || shortest(literals) > shortest(best)) best = literals;
  };
  const endRun = (): void => {
    if (run !== '') offer([run]);
    run = '';
  };
  while (cursor.unit !== '' && cursor.unit !== '|' && cursor.unit !== ')') {
    const atom = readAtom(cursor);
    const least = readQuantifier(cursor);
    if (typeof atom === 'string' && least === 'once') {
      run += atom;
      continue;
    }
    if (typeof atom === 'string' && least === 'many') run += atom;
    endRun();
    if (typeof atom === 'object' && atom !== null && least !== 'maybe') offer(atom);
  }
  endRun();
  return best;
}

/** A literal unit; the literals of a group; null for what may be one of several units. */
function readAtom(cursor: Cursor): string | string[] | null {
  const unit = cursor.unit;
  cursor.at++;
  switch (unit) {
    case '\\':
      return readEscape(cursor);
    case '[':
      return skipClass(cursor);
    case '(':
      return readGroup(cursor);
    case '.':
    case '^':
    case '$':
      return null;
    default:
      return unit;
  }
}

function readEscape(cursor: Cursor): string | null {
  const escaped = cursor.unit;
  cursor.at++;
  if (/[A-Za-z0-9]/.test(escaped)) {
    const more = /^(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|c[A-Za-z]|[pP]\{[^}]*\})/.exec(
      cursor.source.slice(cursor.at - 1),
    );
    if (more !== null) cursor.at += more[0].length - 1;
    return null;
  }
  return escaped === '' ? null : escaped;
}

function skipClass(cursor: Cursor): null {
  if (cursor.unit === '^') cursor.at++;
  if (cursor.unit === ']') cursor.at++;
  while (cursor.unit !== '' && cursor.unit !== ']') cursor.at += cursor.unit === '\\' ? 2 : 1;
  cursor.at++;
  return null;
}

function readGroup(cursor: Cursor): string[] | null {
  const opening = /^\?(?:[:=!]|<[=!]|P?<[^>]*>|[a-z-]*:)/.exec(cursor.source.slice(cursor.at))?.[0] ?? '';
  cursor.at += opening.length;
  const inside = literalsOf(cursor);
  cursor.at++;
  return /[=!]$/.test(opening) ? null : inside;
}

function readQuantifier(cursor: Cursor): 'once' | 'maybe' | 'many' {
  const quantifier = /^(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?/.exec(cursor.source.slice(cursor.at))?.[0];
  if (quantifier === undefined) return 'once';
  cursor.at += quantifier.length;
  return quantifier[0] === '+' || /^\{[1-9]/.test(quantifier) ? 'many' : 'maybe';
}
