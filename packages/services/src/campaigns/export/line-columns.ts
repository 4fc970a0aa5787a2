import { type SQL, sql } from 'drizzle-orm';

/** A column of an export: an SQL expression, and what it can hold. */
export interface LineColumn {
  readonly name: string;
  readonly value: SQL;
  /** `text`: whatever people or pages wrote. `token`: text that no spreadsheet runs. `literal`: a number, `true` or `false`. */
  readonly kind: 'text' | 'token' | 'literal';
}

/** Code points of `=`, `+`, `-`, `@`, tab and CR, and of the full-width forms: cells that begin so are run by spreadsheets. */
const FORMULA_BEGINNINGS = sql.raw('(61, 43, 45, 64, 9, 13, 65309, 65291, 65293, 65312)');

/** A cell with an apostrophe before what a spreadsheet would run. `value` is evaluated more than once. */
export const spreadsheetCell = ({ value, kind }: Pick<LineColumn, 'value' | 'kind'>): SQL =>
  kind === 'text'
    ? sql`CASE WHEN ascii(${value}) IN ${FORMULA_BEGINNINGS} THEN '''' || ${value} ELSE ${value} END`
    : value;

/** An instant as `Date.toISOString` writes it. */
export const isoInstant = (value: SQL): SQL =>
  sql`to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
