import { invalidInput } from '@domainflow/domain/errors.ts';
import { type SQL, sql as statement } from 'drizzle-orm';
import { type FileWriter, jsonWriter, plainWriter, xlsxWriter } from './file-writers.ts';
import { inlineParameters } from './inline-parameters.ts';
import { cellsLine, csvCells, jsonLine, type LineColumn } from './line-columns.ts';
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

/** COPY's own format with a delimiter and a quote that JSON cannot hold: lines come as they are. */
const AS_THEY_ARE = statement`FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'`;

/**
 * A file of the rows that `from` gives (a FROM clause, with conditions and its order), streamed with memory that does not
 * grow with it: PostgreSQL writes each line whole. `INVALID_INPUT` on `format` where there are too many for a spreadsheet.
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
  // Values are made once, below: `OFFSET 0` keeps a subquery as it is.
  const cells = columns.map((column, index) => ({ ...column, value: statement.raw(`c${index}`) }));
  const made = columns.map(({ value }, index) => statement`${value} AS ${statement.raw(`c${index}`)}`);
  const line = format === 'csv' ? csvCells(cells) : format === 'xlsx' ? cellsLine(cells) : jsonLine(cells);
  const copy = inlineParameters(statement`
    COPY (SELECT ${line} FROM (SELECT ${statement.join(made, statement`, `)} FROM ${from} OFFSET 0) AS cells)
    TO STDOUT WITH (${format === 'csv' ? statement`FORMAT csv` : AS_THEY_ARE})`);
  const body = streamCopy(deps, { copy, settings }, writerOf(format, columns));
  return { contentType: CONTENT_TYPES[format], filename: `${name}.${format}`, body };
}

async function requireFew({ db }: CopyDeps, from: SQL): Promise<void> {
  const [counted] = await db.execute<{ n: number }>(
    statement`SELECT count(*)::int AS n FROM (SELECT FROM ${from} LIMIT ${MAX_XLSX_ROWS + 1}) AS rows`,
  );
  if ((counted?.n ?? 0) > MAX_XLSX_ROWS)
    throw invalidInput(
      `A spreadsheet takes up to ${MAX_XLSX_ROWS} rows: choose CSV, or filter for fewer.`,
      'format',
    );
}

function writerOf(format: ExportFormat, columns: readonly LineColumn[]): FileWriter {
  const names = columns.map(({ name }) => name);
  switch (format) {
    case 'csv':
      return plainWriter(`${names.join(',')}\n`);
    case 'ndjson':
      return plainWriter('');
    case 'json':
      return jsonWriter();
    case 'xlsx':
      return xlsxWriter(names);
  }
}
