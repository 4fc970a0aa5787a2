import { XlsxWriter } from './xlsx-writer.ts';

/** What makes a file of lines as PostgreSQL writes them. */
export interface FileWriter {
  begin(): Uint8Array;
  /** Some lines, each with its end; the last one may go on in the next piece. */
  lines(piece: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

const LINE_END = 0x0a;
const COMMA = 0x2c;
const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();

/** The lines as they are, after this head. */
export const plainWriter = (head: string): FileWriter => ({
  begin: () => encoder.encode(head),
  lines: (piece) => piece,
  end: () => NOTHING,
});

/** One JSON array of lines that are JSON each. */
export function jsonWriter(): FileWriter {
  // A line's end is a comma only when another line follows: the last one is held back.
  let isHeldBack = false;
  return {
    begin: () => encoder.encode('['),
    lines(piece) {
      const bytes = new Uint8Array(piece.length + 1);
      const from = isHeldBack ? 1 : 0;
      bytes[0] = COMMA;
      bytes.set(piece, from);
      isHeldBack = piece.at(-1) === LINE_END;
      const to = from + piece.length - (isHeldBack ? 1 : 0);
      for (let at = bytes.indexOf(LINE_END); at >= 0 && at < to; at = bytes.indexOf(LINE_END, at + 1))
        bytes[at] = COMMA;
      return bytes.subarray(0, to);
    },
    end: () => encoder.encode(']\n'),
  };
}

/** A workbook of lines that are JSON arrays of cells. */
export function xlsxWriter(header: readonly string[]): FileWriter {
  const writer = new XlsxWriter(header);
  const decoder = new TextDecoder();
  let begun = '';
  return {
    begin: () => writer.begin(),
    lines(piece) {
      const lines = (begun + decoder.decode(piece, { stream: true })).split('\n');
      begun = lines.pop() ?? '';
      return writer.rows(lines.map((line) => JSON.parse(line) as (string | number | boolean | null)[]));
    },
    end: () => writer.end(),
  };
}
