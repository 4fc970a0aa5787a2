import {
  LEAD_EXPORT_COLUMNS,
  type LeadExportColumn,
} from '@domainflow/domain/scoring/lead-export-columns.ts';
import { Button, buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { downloadChosenLeads } from '../../lib/download-chosen-leads.ts';
import { EXPORT_FORMATS, type ExportFormat, leadExportUrl, MOST_XLSX_ROWS } from '../../lib/export-url.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { activeLeadFilters, type LeadFilters } from '../../lib/lead-search.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

const FORMATS: Readonly<Record<ExportFormat, { label: string; hint: string }>> = {
  csv: { label: 'CSV', hint: 'Any number of leads, for every program.' },
  xlsx: { label: 'XLSX', hint: `A spreadsheet, up to ${formatCount(MOST_XLSX_ROWS)} leads.` },
  json: { label: 'JSON', hint: 'One array.' },
  ndjson: { label: 'NDJSON', hint: 'One object a line, for pipes.' },
};

const COLUMN_LABELS: Readonly<Record<LeadExportColumn, string>> = {
  domain: 'Domain',
  url: 'Website',
  title: 'Title',
  organisation: 'Organisation',
  score: 'Score',
  state: 'State',
  tags: 'Tags',
  notes: 'Notes',
  emails: 'E-mail addresses',
  phones: 'Phone numbers',
  social: 'Social profiles',
  keywords: 'Keywords',
  technologies: 'Technologies',
  language: 'Language',
  country: 'Country',
  groupId: 'Group id',
  leadId: 'Lead id',
  campaignId: 'Campaign id',
  lastProcessedAt: 'Analysed at',
};

const FIRST_CHOICE: readonly LeadExportColumn[] = LEAD_EXPORT_COLUMNS.filter((name) => !name.endsWith('Id'));

interface ExportDialogProps {
  open: boolean;
  onClose: () => void;
  /** Only these; null: all that match the filters. */
  leadIds: readonly string[] | null;
  filters: LeadFilters;
  campaignId: string | undefined;
  total: number;
  totalExact: boolean;
}

/** Downloads the leads that match: format and columns are chosen. */
export function ExportDialog({
  open,
  onClose,
  leadIds,
  filters,
  campaignId,
  total,
  totalExact,
}: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [chosen, setChosen] = useState<ReadonlySet<LeadExportColumn>>(new Set(FIRST_CHOICE));
  const columns = LEAD_EXPORT_COLUMNS.filter((name) => chosen.has(name));
  const toggle = (name: LeadExportColumn): void => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  const isTooLarge = leadIds === null && format === 'xlsx' && total > MOST_XLSX_ROWS;
  const download = useMutation({
    mutationFn: (ids: readonly string[]) => downloadChosenLeads(format, columns, ids),
    onSuccess: onClose,
  });
  const description =
    leadIds === null
      ? `${totalExact ? '' : 'About '}${countOf(total, 'lead')}${
          activeLeadFilters(filters) > 0 ? ' that match the filters' : ''
        }, without what is suppressed.`
      : `The ${countOf(leadIds.length, 'marked lead')}, without what is suppressed.`;
  const isReady = columns.length > 0 && !isTooLarge;
  return (
    <Dialog open={open} onClose={onClose} title="Export leads" description={description} wide>
      <div className="space-y-4">
        <ChoiceCards
          legend="Format"
          value={format}
          onChange={setFormat}
          choices={EXPORT_FORMATS.map((value) => ({ value, ...FORMATS[value] }))}
        />
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">Columns</legend>
          <div className="mb-2 flex gap-2">
            <Button size="sm" onClick={() => setChosen(new Set(LEAD_EXPORT_COLUMNS))}>
              All
            </Button>
            <Button size="sm" onClick={() => setChosen(new Set(['domain', 'emails', 'phones']))}>
              Contacts only
            </Button>
          </div>
          <div className="grid grid-cols-2 gap-x-3 gap-y-1.5 sm:grid-cols-4">
            {LEAD_EXPORT_COLUMNS.map((name) => (
              <Checkbox
                key={name}
                label={COLUMN_LABELS[name]}
                checked={chosen.has(name)}
                onChange={() => toggle(name)}
              />
            ))}
          </div>
        </fieldset>
        {isTooLarge ? (
          <p role="alert" className="text-sm text-bad-ink">
            That is too many for a spreadsheet: narrow the filters, or take CSV.
          </p>
        ) : null}
        {download.error === null ? null : (
          <ErrorNotice error={download.error} title="The leads could not be downloaded" />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          {leadIds !== null ? (
            <Button
              look="primary"
              disabled={!isReady}
              busy={download.isPending}
              onClick={() => download.mutate(leadIds)}
            >
              Download {FORMATS[format].label}
            </Button>
          ) : isReady ? (
            <a
              href={leadExportUrl(format, columns, { ...filters, campaignId })}
              download
              className={buttonClass('primary')}
              onClick={onClose}
            >
              <Download aria-hidden className="size-4" />
              Download {FORMATS[format].label}
            </a>
          ) : (
            <Button look="primary" disabled>
              Download {FORMATS[format].label}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
