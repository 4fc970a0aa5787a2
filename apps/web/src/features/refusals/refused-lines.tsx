import { formatCount } from '../../lib/format.ts';
import { type RefusedLine, refusalLabel } from './refusals.ts';

interface RefusedLinesProps {
  /** The first of them. */
  lines: readonly RefusedLine[];
  /** How many there are in all. */
  total: number;
  /** What a person reads for a reason, where they are no names. */
  labelOf?: (reason: string) => string;
}

/** The first pieces of a list that were refused, with their lines and reasons. */
export function RefusedLines({ lines, total, labelOf = refusalLabel }: RefusedLinesProps) {
  const hidden = total - lines.length;
  return (
    <section
      aria-label="Refused lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-60 overflow-auto rounded-lg bg-surface ring-1 ring-line"
    >
      <table className="w-full text-xs">
        <thead className="sticky top-0 bg-sunken text-left text-ink-faint">
          <tr>
            <th scope="col" className="w-12 px-2 py-1 text-right font-medium">
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
        <tbody className="divide-y divide-line align-top">
          {lines.map((refused, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may hold the same text twice
            <tr key={index}>
              <td className="px-2 py-1 text-right">{formatCount(refused.line)}</td>
              <td className="max-w-36 truncate px-2 py-1 font-mono sm:max-w-60" title={refused.text}>
                {refused.text}
              </td>
              <td className="px-2 py-1 text-ink-soft">{labelOf(refused.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 ? (
        <p className="border-t border-line px-2 py-1 text-xs text-ink-faint">{formatCount(hidden)} more</p>
      ) : null}
    </section>
  );
}
