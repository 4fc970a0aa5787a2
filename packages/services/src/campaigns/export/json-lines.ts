/** A column of JSON: what stands before its value, and whether the value is a text in quotes. */
interface JsonCell {
  readonly opening: string;
  readonly isQuoted: boolean;
}

const TAB = 0x09;
const LINE_END = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** After a backslash: no value (`\N`), the one escape that JSON lacks, and the one that it writes for it. */
const [CAPITAL_N, V, U] = [0x4e, 0x76, 0x75];
/** What an octet becomes at most, `\u001f`, with quotes or `null` around. */
const MOST_OCTETS = 16;

const encoder = new TextEncoder();
const NULL = encoder.encode('null');

/**
 * Makes lines of JSON of lines in COPY's text format, octet by octet: the two have nearly the same escapes. PostgreSQL
 * takes twice as long to write the same lines as JSON itself.
 */
export class JsonLines {
  readonly #openings: readonly Uint8Array[];
  readonly #isQuoted: readonly boolean[];
  readonly #end: Uint8Array;
  readonly #growth: number;
  #begun: Uint8Array = new Uint8Array(0);
  #out: Uint8Array = new Uint8Array(0);

  /** `end` closes a line of these cells, with the line's end. */
  constructor(cells: readonly JsonCell[], end: string) {
    this.#openings = cells.map(({ opening }) => encoder.encode(opening));
    this.#isQuoted = cells.map(({ isQuoted }) => isQuoted);
    this.#end = encoder.encode(end);
    this.#growth = MOST_OCTETS + end.length + Math.max(...this.#openings.map(({ length }) => length));
  }

  /** The lines that end in this piece; the last one may go on in the next. The bytes are the caller's. */
  lines(piece: Uint8Array): Uint8Array {
    const bytes = this.#begun.length === 0 ? piece : joined(this.#begun, piece);
    const length = bytes.lastIndexOf(LINE_END) + 1;
    this.#begun = bytes.slice(length);
    if (this.#out.length < length * this.#growth) this.#out = new Uint8Array(length * this.#growth);
    return this.#out.slice(0, this.#write(bytes, length));
  }

  #write(bytes: Uint8Array, length: number): number {
    const out = this.#out;
    let to = 0;
    let column = 0;
    for (let at = 0; at < length; at++) {
      to = put(out, to, this.#openings[column]);
      if (bytes[at] === BACKSLASH && bytes[at + 1] === CAPITAL_N) {
        to = put(out, to, NULL);
        at += 2;
      } else {
        const isQuoted = this.#isQuoted[column] === true;
        if (isQuoted) out[to++] = QUOTE;
        for (
          let byte = bytes[at] ?? LINE_END;
          byte !== TAB && byte !== LINE_END;
          byte = bytes[++at] ?? LINE_END
        ) {
          if (byte === BACKSLASH) {
            const escape = bytes[++at] ?? BACKSLASH;
            if (escape === V) to = putControl(out, to, 0x0b);
            else {
              out[to++] = BACKSLASH;
              out[to++] = escape;
            }
          } else if (byte < SPACE) to = putControl(out, to, byte);
          else {
            if (byte === QUOTE) out[to++] = BACKSLASH;
            out[to++] = byte;
          }
        }
        if (isQuoted) out[to++] = QUOTE;
      }
      if (bytes[at] === TAB) column++;
      else {
        to = put(out, to, this.#end);
        column = 0;
      }
    }
    return to;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** By hand: for so few octets `set` takes longer. */
function put(out: Uint8Array, to: number, bytes: Uint8Array | undefined): number {
  if (bytes === undefined) throw new Error('A line has more cells than columns.');
  for (let at = 0; at < bytes.length; at++) out[to + at] = bytes[at] ?? 0;
  return to + bytes.length;
}

/** `\u00xx` */
function putControl(out: Uint8Array, to: number, byte: number): number {
  out[to] = BACKSLASH;
  out[to + 1] = U;
  const digits = byte.toString(16).padStart(4, '0');
  for (let at = 0; at < 4; at++) out[to + 2 + at] = digits.charCodeAt(at);
  return to + 6;
}
