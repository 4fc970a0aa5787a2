import { invalidInput } from '@domainflow/domain/errors.ts';
import { type SQL, sql as statement } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { cellsLine, csvLine, jsonLine, type LineColumn } from './line-columns.ts';
import { type LineFormat, streamLines } from './stream-lines.ts';
import { XLSX_CONTENT_TYPE, XlsxWriter } from './xlsx-writer.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Rows that a spreadsheet file may have; more are for the other formats. */
export const MAX_XLSX_ROWS = 100_000;

export interface ExportFile {
  readonly contentType: string;
  readonly filename: string;
  /** Cancelling it frees the database connection. */
  readonly body: ReadableStream<Uint8Array>;
}

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  xlsx: XLSX_CONTENT_TYPE,
};

/**
 * A file of the rows that `from` gives (a FROM clause, with conditions and its order), streamed with memory that does not
 * grow with it: PostgreSQL writes each line whole. `INVALID_INPUT` on `format` where there are too many for a spreadsheet.
 */
export async function exportFile(
  sql: Sql,
  {
    format,
    name,
    columns,
    from,
  }: { format: ExportFormat; name: string; columns: readonly LineColumn[]; from: SQL },
): Promise<ExportFile> {
  if (format === 'xlsx') await requireFew(sql, from);
  // Values are made once, below: PostgreSQL keeps a subquery with an order as it is.
  const cells = columns.map((column, index) => ({ ...column, value: statement.raw(`c${index}`) }));
  const made = columns.map(({ value }, index) => statement`${value} AS ${statement.raw(`c${index}`)}`);
  const line = format === 'csv' ? csvLine(cells) : format === 'xlsx' ? cellsLine(cells) : jsonLine(cells);
  const { sql: text, params } = dialect.sqlToQuery(statement`
    SELECT ${line} AS line FROM (SELECT ${statement.join(made, statement`, `)} FROM ${from}) AS cells`);
  const body = streamLines(sql, text, params, lineFormat(format, columns));
  return { contentType: CONTENT_TYPES[format], filename: `${name}.${format}`, body };
}

const dialect = new PgDialect();

async function requireFew(sql: Sql, from: SQL): Promise<void> {
  const { sql: text, params } = dialect.sqlToQuery(
    statement`SELECT count(*)::int AS n FROM (SELECT FROM ${from} LIMIT ${MAX_XLSX_ROWS + 1}) AS rows`,
  );
  const [counted] = await sql.unsafe<{ n: number }[]>(text, params as never[]);
  if ((counted?.n ?? 0) > MAX_XLSX_ROWS)
    throw invalidInput(
      `A spreadsheet takes up to ${MAX_XLSX_ROWS} rows: choose CSV, or filter for fewer.`,
      'format',
    );
}

function lineFormat(format: ExportFormat, columns: readonly LineColumn[]): LineFormat {
  const encoder = new TextEncoder();
  const text = (
    head: string,
    join: (lines: readonly string[], isFirst: boolean) => string,
    tail: string,
  ) => ({
    begin: () => encoder.encode(head),
    lines: (lines: readonly string[], isFirst: boolean) => encoder.encode(join(lines, isFirst)),
    end: () => encoder.encode(tail),
  });
  switch (format) {
    case 'csv':
      return text(`${columns.map(({ name }) => name).join(',')}\n`, (lines) => `${lines.join('\n')}\n`, '');
    case 'ndjson':
      return text('', (lines) => `${lines.join('\n')}\n`, '');
    case 'json':
      return text('[', (lines, isFirst) => (isFirst ? '' : ',') + lines.join(','), ']\n');
    case 'xlsx': {
      const writer = new XlsxWriter(columns.map(({ name }) => name));
      return {
        begin: () => writer.begin(),
        lines: (lines) =>
          writer.rows(lines.map((line) => JSON.parse(line) as (string | number | boolean | null)[])),
        end: () => writer.end(),
      };
    }
  }
}
