import type { DomainFilters } from './search-params.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Where the results of a campaign are downloaded, with the same filters as the list. */
export function exportUrl(
  campaignId: string,
  format: ExportFormat,
  filters: DomainFilters,
  columns: readonly string[] | null = null,
): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filters)) {
    if (typeof value === 'string' && value !== '') query.set(name, value);
  }
  if (columns !== null) query.set('columns', columns.join(','));
  return `/api/v2/campaigns/${encodeURIComponent(campaignId)}/results?${query}`;
}
