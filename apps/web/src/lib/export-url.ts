import type { LeadExportColumn } from '@domainflow/domain/scoring/lead-export-columns.ts';
import type { LeadFilters } from './lead-search.ts';
import type { DomainFilters } from './search-params.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A spreadsheet takes so many rows; more are refused. */
export const MOST_XLSX_ROWS = 100_000;

/** What is set, as the query of an address. */
function queryOf(values: object): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value));
  return query;
}

/** Where the domains of a campaign are downloaded, with the filters of their list. */
export const domainExportUrl = (campaignId: string, format: ExportFormat, filters: DomainFilters): string =>
  `/api/v2/campaigns/${encodeURIComponent(campaignId)}/results?${queryOf({ format, ...filters })}`;

/** Where leads are downloaded, with the filters of their list. */
export const leadExportUrl = (
  format: ExportFormat,
  columns: readonly LeadExportColumn[],
  filters: LeadFilters & { readonly campaignId?: string | undefined },
): string => `/api/v2/leads/export?${queryOf({ format, columns: columns.join(','), ...filters })}`;
