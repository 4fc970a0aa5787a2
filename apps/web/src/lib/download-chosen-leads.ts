import type { LeadExportColumn } from '@domainflow/domain/scoring/lead-export-columns.ts';
import type { ExportFormat } from './export-url.ts';
import { postJson } from './post-rest.ts';

/** The browser reads the file a moment after the click. */
const READ_WITHIN_MS = 60_000;

/** Downloads the leads that are named: more than an address can hold. Throws `RestError`. */
export async function downloadChosenLeads(
  format: ExportFormat,
  columns: readonly LeadExportColumn[],
  leadIds: readonly string[],
): Promise<void> {
  const response = await postJson('leads/export', { format, columns, leadIds });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `leads.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_WITHIN_MS);
}
