import { invalidInput } from '@domainflow/domain/errors.ts';
import { type SQL, sql as statement } from 'drizzle-orm';
import { countUpTo } from '../../rows/count-rows.ts';
import { csvWriter, jsonWriter, ndjsonWriter, xlsxWriter } from './file-writers.ts';
import { inlineParameters } from './inline-parameters.ts';
import { type LineColumn, spreadsheetCell } from './line-columns.ts';
import { type CopyDeps, streamCopy } from './stream-copy.ts';
import { XLSX_CONTENT_TYPE } from './xlsx-writer.ts';

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

const WRITERS = { csv: csvWriter, json: jsonWriter, ndjson: ndjsonWriter, xlsx: xlsxWriter } as const;

/**
 * A file of the rows that `from` gives (a FROM clause, with conditions and its order), streamed with memory that does not
 * grow with it. `INVALID_INPUT` on `format` where there are too many for a spreadsheet.
 */
export async function exportFile(
  deps: CopyDeps,
  {
    format,
    name,
    columns,
    from,
    settings = [],
  }: {
    format: ExportFormat;
    name: string;
    columns: readonly LineColumn[];
    from: SQL;
    settings?: readonly string[];
  },
): Promise<ExportFile> {
  if (format === 'xlsx') await requireFew(deps, from);
  const values =
    format === 'csv' || format === 'xlsx'
      ? spreadsheetRows(columns, from)
      : statement`SELECT ${valuesOf(columns)} FROM ${from}`;
  const copy = inlineParameters(
    statement`COPY (${values}) TO STDOUT WITH (FORMAT ${statement.raw(format === 'csv' ? 'csv' : 'text')})`,
  );
  const body = streamCopy(deps, { copy, settings }, WRITERS[format](columns));
  return { contentType: CONTENT_TYPES[format], filename: `${name}.${format}`, body };
}

const valuesOf = (columns: readonly LineColumn[]): SQL =>
  statement.join(
    columns.map(({ value }, index) => statement`${value} AS ${statement.raw(`c${index}`)}`),
    statement`, `,
  );

function spreadsheetRows(columns: readonly LineColumn[], from: SQL): SQL {
  const cells = columns.map(({ kind }, index) =>
    spreadsheetCell({ kind, value: statement.raw(`c${index}`) }),
  );
  // Values are made once, below: `OFFSET 0` keeps a subquery as it is.
  return statement`SELECT ${statement.join(cells, statement`, `)}
    FROM (SELECT ${valuesOf(columns)} FROM ${from} OFFSET 0) AS cells`;
}

async function requireFew({ db }: CopyDeps, from: SQL): Promise<void> {
  if ((await countUpTo(db, from, MAX_XLSX_ROWS)) > MAX_XLSX_ROWS)
    throw invalidInput(
      `A spreadsheet takes up to ${MAX_XLSX_ROWS} rows: choose CSV, or filter for fewer.`,
      'format',
    );
}
