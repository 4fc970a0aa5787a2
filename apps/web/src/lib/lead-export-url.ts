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

/** Downloads the leads that are named: more than an address can hold. */
export async function downloadChosenLeads(
  format: LeadExportFormat,
  columns: readonly LeadExportColumn[],
  leadIds: readonly string[],
): Promise<void> {
  const response = await fetch('/api/v2/leads/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ format, columns, leadIds }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `leads.${format}`;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
