import type { WordListView } from '../../lib/contract.ts';
import { UploadSummary } from '../campaigns/upload-summary.tsx';
import { wordRefusalLabel } from '../refusals/refusals.ts';

/** What became of the lines that a list was made of. */
export function WordListIntake({ list }: { list: WordListView }) {
  return (
    <section
      aria-label={`What ${list.name} was made of`}
      className="rounded-lg bg-sunken p-3 ring-1 ring-line ring-inset"
    >
      <UploadSummary
        upload={{ ...list, accepted: list.wordCount, filename: list.filename ?? list.name }}
        labelOf={wordRefusalLabel}
      />
    </section>
  );
}
