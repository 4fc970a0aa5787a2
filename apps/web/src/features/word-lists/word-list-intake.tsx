import type { WordListView } from '../../lib/contract.ts';
import { wordRefusalLabel } from '../refusals/refusals.ts';
import { UploadSummary } from '../uploads/upload-summary.tsx';

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
