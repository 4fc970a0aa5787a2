import { Stat } from '@domainflow/ui/blocks/stat.tsx';
import type { UploadView } from '../../lib/contract.ts';
import { countOf, formatBytes, formatCount } from '../../lib/format.ts';
import { refusalLabel } from '../refusals/refusals.ts';
import { RefusedLines } from '../refusals/refused-lines.tsx';

interface UploadSummaryProps {
  upload: Omit<UploadView, 'fileId' | 'uploadedBy' | 'uploadedAt'>;
  /** What a person reads for a reason, where the lines are no names. */
  labelOf?: (reason: string) => string;
}

/** What became of an uploaded list: counts, and the first lines that were refused with their reasons. */
export function UploadSummary({ upload, labelOf = refusalLabel }: UploadSummaryProps) {
  const reasons = Object.entries(upload.rejections.byReason);
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-3 gap-4">
        <Stat label="Accepted" value={formatCount(upload.accepted)} />
        <Stat label="Duplicates" value={formatCount(upload.duplicates)} />
        <Stat label="Rejected" value={formatCount(upload.rejected)} />
      </dl>
      <p className="text-xs text-ink-faint">
        {upload.filename} · {formatBytes(upload.sizeBytes)} · {countOf(upload.lines, 'line')}
      </p>
      {reasons.length === 0 ? null : (
        <div>
          <h2 className="mb-1 text-sm font-medium">Why lines were rejected</h2>
          <ul className="mb-3 text-sm text-ink-soft">
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                {labelOf(reason)}: {formatCount(count)}
              </li>
            ))}
          </ul>
          <RefusedLines lines={upload.rejections.first} total={upload.rejected} labelOf={labelOf} />
        </div>
      )}
    </div>
  );
}
