import { JsonLines } from './json-lines.ts';
import type { LineColumn } from './line-columns.ts';
import { XlsxWriter } from './xlsx-writer.ts';

/** What makes a file of lines that PostgreSQL writes: for CSV as they are, else in COPY's text format. */
export interface FileWriter {
  begin(): Uint8Array;
  /** Some lines, each with its end; the last one may go on in the next piece. */
  lines(piece: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

type Columns = readonly Pick<LineColumn, 'name' | 'kind'>[];

const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();
const isQuoted = ({ kind }: Columns[number]): boolean => kind !== 'literal';

/** The lines as they are, after one of names. */
export const csvWriter = (columns: Columns): FileWriter => ({
  begin: () => encoder.encode(`${columns.map(({ name }) => name).join(',')}\n`),
  lines: (piece) => piece,
  end: () => NOTHING,
});

/** Lines as objects, each between these. */
const jsonObjects = (columns: Columns, before: string, after: string): JsonLines =>
  new JsonLines(
    columns.map((column, index) => ({
      opening: `${index === 0 ? before : ','}${JSON.stringify(column.name)}:`,
      isQuoted: isQuoted(column),
    })),
    after,
  );

/** One JSON object a line. */
export function ndjsonWriter(columns: Columns): FileWriter {
  const objects = jsonObjects(columns, '{', '}\n');
  return { begin: () => NOTHING, lines: (piece) => objects.lines(piece), end: () => NOTHING };
}

/** One JSON array of objects. */
export function jsonWriter(columns: Columns): FileWriter {
  const objects = jsonObjects(columns, ',{', '}');
  let isFirst = true;
  return {
    begin: () => encoder.encode('['),
    lines(piece) {
      const lines = objects.lines(piece);
      // No comma before the first.
      const from = isFirst ? 1 : 0;
      isFirst &&= lines.length === 0;
      return lines.subarray(from);
    },
    end: () => encoder.encode(']\n'),
  };
}

/** A workbook of one sheet. */
export function xlsxWriter(columns: Columns): FileWriter {
  const writer = new XlsxWriter(columns.map(({ name }) => name));
  const cells = columns.map((column, index) => ({
    opening: index === 0 ? ',[' : ',',
    isQuoted: isQuoted(column),
  }));
  const arrays = new JsonLines(cells, ']');
  const decoder = new TextDecoder();
  return {
    begin: () => writer.begin(),
    lines(piece) {
      const rows = decoder.decode(arrays.lines(piece)).slice(1);
      return writer.rows(JSON.parse(`[${rows}]`) as (string | number | boolean | null)[][]);
    },
    end: () => writer.end(),
  };
}
