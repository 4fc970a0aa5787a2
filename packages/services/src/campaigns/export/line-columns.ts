import { type SQL, sql } from 'drizzle-orm';

/** A column of an export: an SQL expression, and what it can hold. */
export interface LineColumn {
  readonly name: string;
  readonly value: SQL;
  /** `token`: text of letters, digits, `-`, `_`, `:` and `.` only; it needs no quotes of its own. */
  readonly kind: 'text' | 'token' | 'number' | 'boolean';
}

/** Code points of `=`, `+`, `-`, `@`, tab and CR, and of the full-width forms: cells that begin so are run by spreadsheets. */
const FORMULA_BEGINNINGS = sql.raw('(61, 43, 45, 64, 9, 13, 65309, 65291, 65293, 65312)');

/** A cell with an apostrophe before what a spreadsheet would run. */
const neutral = (value: SQL): SQL =>
  sql`CASE WHEN ascii(${value}) IN ${FORMULA_BEGINNINGS} THEN '''' || ${value} ELSE ${value} END`;

/** A cell of CSV, which COPY quotes where it must be. */
const csvCell = ({ value, kind }: LineColumn): SQL =>
  kind === 'text' ? neutral(value) : kind === 'boolean' ? sql`(${value})::text` : value;

function jsonValue({ value, kind }: LineColumn): SQL {
  switch (kind) {
    case 'text':
      return sql`coalesce(to_json((${value})::text)::text, 'null')`;
    case 'token':
      return sql`coalesce('"' || (${value}) || '"', 'null')`;
    case 'number':
    case 'boolean':
      return sql`coalesce((${value})::text, 'null')`;
  }
}

/** Cells of CSV, one a column. */
export const csvCells = (columns: readonly LineColumn[]): SQL => sql.join(columns.map(csvCell), sql`, `);

/** A JSON object in one text. */
export const jsonLine = (columns: readonly LineColumn[]): SQL => {
  const fields = columns.map((column) => {
    const key = sql.raw(`'${JSON.stringify(column.name).replaceAll("'", "''")}:'`);
    return sql`${key} || ${jsonValue(column)}`;
  });
  return sql`'{' || ${sql.join(fields, sql` || ',' || `)} || '}'`;
};

/** A JSON array of cells for a spreadsheet, formulas neutralised. */
export const cellsLine = (columns: readonly LineColumn[]): SQL => {
  const cells = columns.map((column) =>
    column.kind === 'text' ? jsonValue({ ...column, value: neutral(column.value) }) : jsonValue(column),
  );
  return sql`'[' || ${sql.join(cells, sql` || ',' || `)} || ']'`;
};

/** An instant as `Date.toISOString` writes it. */
export const isoInstant = (value: SQL): SQL =>
  sql`to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
