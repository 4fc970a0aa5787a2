import { Stat } from '@domainflow/ui/blocks/stat.tsx';
import type { UploadView } from '../../lib/contract.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';

/** What became of an uploaded list: counts, and the first lines that were refused with their reasons. */
export function UploadSummary({ upload }: { upload: UploadView }) {
  const reasons = Object.entries(upload.rejections.byReason);
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-3 gap-4">
        <Stat label="Accepted" value={formatCount(upload.accepted)} />
        <Stat label="Duplicates" value={formatCount(upload.duplicates)} />
        <Stat label="Rejected" value={formatCount(upload.rejected)} />
      </dl>
      <p className="text-xs text-ink-faint">
        {upload.filename} · {formatBytes(upload.sizeBytes)} · {formatCount(upload.lines)} lines
      </p>
      {reasons.length === 0 ? null : (
        <div>
          <h3 className="mb-1 text-sm font-medium">Why lines were rejected</h3>
          <ul className="mb-3 text-sm text-ink-soft">
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                {reason}: {formatCount(count)}
              </li>
            ))}
          </ul>
          <div className="max-h-60 overflow-auto rounded-lg ring-1 ring-line">
            <table className="w-full text-xs">
              <thead className="bg-sunken text-left text-ink-faint">
                <tr>
                  <th scope="col" className="px-2 py-1 font-medium">
                    Line
                  </th>
                  <th scope="col" className="px-2 py-1 font-medium">
                    Text
                  </th>
                  <th scope="col" className="px-2 py-1 font-medium">
                    Reason
                  </th>
                </tr>
              </thead>
              <tbody className="divide-y divide-line">
                {upload.rejections.first.map((rejection) => (
                  <tr key={rejection.line}>
                    <td className="px-2 py-1 text-right">{formatCount(rejection.line)}</td>
                    <td className="max-w-60 truncate px-2 py-1 font-mono">{rejection.text}</td>
                    <td className="px-2 py-1">{rejection.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </div>
  );
}
