import type { LeadExportColumn } from '@domainflow/domain/scoring/lead-export-columns.ts';
import type { LeadFilters } from './lead-search.ts';

export const LEAD_EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;
export type LeadExportFormat = (typeof LEAD_EXPORT_FORMATS)[number];

/** Where leads are downloaded, with the filters of the list. */
export function leadExportUrl(
  format: LeadExportFormat,
  columns: readonly LeadExportColumn[],
  filters: LeadFilters & { readonly campaignId?: string | undefined },
): string {
  const query = new URLSearchParams({ format, columns: columns.join(',') });
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined) query.set(name, String(value));
  return `/api/v2/leads/export?${query}`;
}
