import type { DomainRow } from '../domains/domain-row.ts';

/** The columns of an export, in the order in which they are written unless chosen otherwise. */
export const EXPORT_COLUMNS = [
  'domain',
  'dnsStatus',
  'dnsReason',
  'isAvailable',
  'httpStatus',
  'httpReason',
  'httpStatusCode',
  'leadStatus',
  'score',
  'lastCheckedAt',
] as const satisfies readonly (keyof DomainRow)[];

export type ExportColumn = (typeof EXPORT_COLUMNS)[number];
