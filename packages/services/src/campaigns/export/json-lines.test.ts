import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonLines } from './json-lines.ts';

type Row = readonly [text: string | null, number: number | null, token: string | null];

/** A line in COPY's text format, as `CopyAttributeOutText` of PostgreSQL writes it. */
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v', '\\': '\\' },
};
const cell = (value: string | number | null): string =>
  value === null
    ? '\\N'
    : [...String(value)].map((c) => (ESCAPES[c] === undefined ? c : `\\${ESCAPES[c]}`)).join('');
const copied = (rows: readonly Row[]): Uint8Array =>
  new TextEncoder().encode(rows.map((row) => `${row.map(cell).join('\t')}\n`).join(''));

const value = fc.option(
  fc.string({ unit: fc.oneof(fc.constantFrom(...'\\N"\t\n\v\0\u001f\u007f\u2028é𝄞='), fc.string()) }),
);
const row: fc.Arbitrary<Row> = fc.tuple(value, fc.option(fc.integer(), { nil: null }), value);

test('lines are what JSON.stringify makes of their values, wherever the pieces end', () => {
  fc.assert(
    fc.property(fc.array(row), fc.array(fc.nat()), (rows, cuts) => {
      const lines = new JsonLines(
        [
          { opening: '{"a":', isQuoted: true },
          { opening: ',"b":', isQuoted: false },
          { opening: ',"c":', isQuoted: true },
        ],
        '}\n',
      );
      const bytes = copied(rows);
      const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((x, y) => x - y);
      const pieces = ends.map((end, index) => lines.lines(bytes.subarray(ends[index - 1] ?? 0, end)));
      const text = pieces.map((piece) => new TextDecoder().decode(piece)).join('');
      expect(text).toBe(rows.map(([a, b, c]) => `${JSON.stringify({ a, b, c })}\n`).join(''));
    }),
  );
});
