/** What is known of a regular expression without running it. An atom and how often it stands. */
export interface Item {
  /** A unit that stands there as it is; alternatives of a group; `one`: one of several characters; `none`: a place. */
  readonly atom: string | Shape | { readonly width: 'one' | 'none' };
  readonly least: number;
  /** `Infinity` where there is no limit. */
  readonly most: number;
}
/** Alternatives, each a sequence. */
export type Shape = readonly (readonly Item[])[];

/** Reads the shape of an expression that an engine has accepted; null where it is written in a way not known here. */
export function regexShape(source: string): Shape | null {
  // Quoted stretches, and flags within that change what characters mean.
  if (/\\[QEC]|\(\?[a-z]*x/.test(source)) return null;
  const cursor = { at: 0, source };
  const shape = readAlternatives(cursor);
  return cursor.at === source.length ? shape : null;
}

interface Cursor {
  at: number;
  readonly source: string;
}

const ONE = { width: 'one' } as const;
const NONE = { width: 'none' } as const;
const unitAt = ({ at, source }: Cursor): string => source[at] ?? '';

/** Takes what the pattern, which is anchored, matches here; '' for nothing. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const taken = pattern.exec(cursor.source)?.[0] ?? '';
  cursor.at += taken.length;
  return taken;
}

function readAlternatives(cursor: Cursor): Shape {
  const alternatives = [readSequence(cursor)];
  while (unitAt(cursor) === '|') {
    cursor.at++;
    alternatives.push(readSequence(cursor));
  }
  return alternatives;
}

function readSequence(cursor: Cursor): Item[] {
  const items: Item[] = [];
  for (let unit = unitAt(cursor); unit !== '' && unit !== '|' && unit !== ')'; unit = unitAt(cursor)) {
    const atom = readAtom(cursor);
    items.push({ atom, ...readQuantifier(cursor) });
  }
  return items;
}

function readAtom(cursor: Cursor): Item['atom'] {
  const unit = unitAt(cursor);
  cursor.at++;
  switch (unit) {
    case '\\':
      return readEscape(cursor);
    case '[':
      skipClass(cursor);
      return ONE;
    case '(': {
      const opening = take(cursor, /\?(?:P?<[A-Za-z_]\w*>|[a-zA-Z-]*:|<?[=!]|[a-zA-Z-]*(?=\)))?/y);
      const inside = readAlternatives(cursor);
      cursor.at++;
      return /[=!]$/.test(opening) ? NONE : inside;
    }
    case '.':
      return ONE;
    case '^':
    case '$':
      return NONE;
    default:
      // Half of a character, or a letter with further forms that fold to it.
      return /\u{345}|[\u{b5}\u{370}-\u{3ff}\u{1c80}-\u{1c8f}\u{1e9b}\u{1f00}-\u{1fff}\u{d800}-\u{dfff}]/u.test(
        unit,
      )
        ? ONE
        : unit;
  }
}

function readEscape(cursor: Cursor): Item['atom'] {
  const escape = take(
    cursor,
    /[bBAzZ]|x\{[0-9a-fA-F]*\}|x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]*\}|u[0-9a-fA-F]{4}|c[A-Za-z]|[pP]\{[^}]*\}|[pP][A-Z]|[0-7]{1,3}|[A-Za-z0-9]|[^]/y,
  );
  if (/^[bBAzZ]$/.test(escape)) return NONE;
  return /^[A-Za-z0-9]/.test(escape) || escape === '' ? ONE : escape;
}

function skipClass(cursor: Cursor): void {
  take(cursor, /\^?\]?/y);
  while (unitAt(cursor) !== '' && unitAt(cursor) !== ']') {
    if (take(cursor, /\[:\^?[a-z]+:\]|\\[^]|[^\]]/y) === '') cursor.at++;
  }
  cursor.at++;
}

function readQuantifier(cursor: Cursor): { least: number; most: number } {
  const quantifier = take(cursor, /(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/y);
  switch (quantifier[0]) {
    case undefined:
      return { least: 1, most: 1 };
    case '*':
      return { least: 0, most: Number.POSITIVE_INFINITY };
    case '+':
      return { least: 1, most: Number.POSITIVE_INFINITY };
    case '?':
      return { least: 0, most: 1 };
    default: {
      const [least = 0, most = least] = quantifier
        .slice(1, quantifier.indexOf('}'))
        .split(',')
        .map((digits) => (digits === '' ? Number.POSITIVE_INFINITY : Number(digits)));
      return { least, most };
    }
  }
}
