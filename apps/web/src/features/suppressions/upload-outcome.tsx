import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { countOf, formatCount } from '../../lib/format.ts';
import type { SuppressionUpload } from '../../lib/rest-calls.ts';
import { refusalLabel } from '../refusals/refusals.ts';
import { RefusedLines } from '../refusals/refused-lines.tsx';

/** What became of a file: how many are new, and why lines were not taken. */
export function UploadOutcome({ result }: { result: SuppressionUpload }) {
  const reasons = Object.entries(result.rejections.byReason).toSorted(([, a], [, b]) => b - a);
  return (
    <div className="space-y-3">
      <Notice tone="ok" title={`${formatCount(result.added)} suppressed`}>
        {result.known === 0 ? null : `${formatCount(result.known)} were there before, or twice in the file. `}
        {countOf(result.lines, 'line was', 'lines were')} read.
      </Notice>
      {reasons.length === 0 ? null : (
        <>
          <h3 className="text-sm font-medium">
            {countOf(result.rejected, 'line was', 'lines were')} not taken
          </h3>
          <DefinitionList
            items={reasons.map(([reason, count]) => [refusalLabel(reason), formatCount(count)])}
          />
          <RefusedLines lines={result.rejections.first} total={result.rejected} />
        </>
      )}
    </div>
  );
}
