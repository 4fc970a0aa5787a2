import { Button, buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { CampaignView } from '../../lib/contract.ts';
import { domainExportUrl, EXPORT_FORMATS, type ExportFormat, MOST_XLSX_ROWS } from '../../lib/export-url.ts';
import { formatCount, totalOf } from '../../lib/format.ts';
import { type DomainFilters, present } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';
import { DomainFilterFields } from '../domains/domain-filters.tsx';
import { activeFilters, describeFilters, filtersOf, NO_FILTERS } from '../domains/filters.ts';

const FORMATS: Readonly<Record<ExportFormat, { label: string; hint: string }>> = {
  csv: { label: 'CSV', hint: 'For spreadsheets. Cells that one would run are neutralised.' },
  xlsx: { label: 'XLSX', hint: `A spreadsheet, up to ${formatCount(MOST_XLSX_ROWS)} domains.` },
  json: { label: 'JSON', hint: 'One array with every field.' },
  ndjson: { label: 'NDJSON', hint: 'One object a line, for pipes and large results.' },
};

/** Downloads of the results, with the filters of the list of domains. */
export function ExportTab({ campaign }: { campaign: CampaignView }) {
  const search = useSearch({ from: '/app/campaigns/$campaignId' });
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const filters = filtersOf(search);
  const change = (next: DomainFilters): void =>
    void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false });
  const isFiltered = activeFilters(filters) > 0;
  const counted = useQuery({
    ...trpc.campaigns.domains.queryOptions({ id: campaign.campaignId, limit: 1, ...present(filters) }),
    placeholderData: keepPreviousData,
  }).data;
  const isTooLarge = counted !== undefined && counted.total > MOST_XLSX_ROWS;
  return (
    <div className="max-w-4xl space-y-4">
      <DomainFilterFields campaign={campaign} filters={filters} onChange={change} />
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
        {isFiltered ? `Only domains with ${describeFilters(filters)}` : 'All domains of the campaign'}
        {counted === undefined ? null : ` (${totalOf(counted, 'domain')})`}, without what is suppressed.
        {isFiltered ? (
          <Button size="sm" look="ghost" onClick={() => change(NO_FILTERS)}>
            Clear filters
          </Button>
        ) : null}
      </p>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {EXPORT_FORMATS.map((format) => (
          <li key={format}>
            <Card className="flex h-full flex-col gap-2 p-4">
              <h3 className="font-semibold">{FORMATS[format].label}</h3>
              <p className="flex-1 text-xs text-ink-soft">{FORMATS[format].hint}</p>
              {format === 'xlsx' && isTooLarge ? (
                <Button disabled>Too many domains</Button>
              ) : (
                <a
                  href={domainExportUrl(campaign.campaignId, format, filters)}
                  download
                  className={buttonClass()}
                >
                  <Download aria-hidden className="size-4" />
                  Download {FORMATS[format].label}
                </a>
              )}
            </Card>
          </li>
        ))}
      </ul>
      <p className="text-xs text-ink-faint">
        The file is streamed while it is read from the database: large ones begin at once.
      </p>
    </div>
  );
}
