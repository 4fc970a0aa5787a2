import { stringify } from 'csv-stringify/browser/esm/sync';
import type { DomainRow } from '../domains/domain-row.ts';
import type { ExportColumn } from './export-columns.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How rows become text: what stands before, between chunks of, and after them. */
export interface RowFormat {
  readonly contentType: string;
  begin(columns: readonly ExportColumn[]): string;
  rows(rows: readonly DomainRow[], columns: readonly ExportColumn[], isFirst: boolean): string;
  readonly end: string;
}

const picked = (row: DomainRow, columns: readonly ExportColumn[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((column) => [column, row[column]]));

/** Cells that a spreadsheet would run as formulas get an apostrophe before them. */
const csv = (records: unknown[][]): string =>
  stringify(records, { escape_formulas: true, cast: { boolean: String } });

export const ROW_FORMATS: Readonly<Record<ExportFormat, RowFormat>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    begin: (columns) => csv([[...columns]]),
    rows: (rows, columns) => csv(rows.map((row) => columns.map((column) => row[column]))),
    end: '',
  },
  json: {
    contentType: 'application/json',
    begin: () => '[',
    rows: (rows, columns, isFirst) =>
      (isFirst ? '' : ',') + rows.map((row) => JSON.stringify(picked(row, columns))).join(','),
    end: ']\n',
  },
  ndjson: {
    contentType: 'application/x-ndjson',
    begin: () => '',
    rows: (rows, columns) => rows.map((row) => `${JSON.stringify(picked(row, columns))}\n`).join(''),
    end: '',
  },
};
