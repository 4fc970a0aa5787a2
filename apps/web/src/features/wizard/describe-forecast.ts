import { formatBytes, formatCount, formatDuration } from '../../lib/format.ts';

/** A figure of a forecast: with no live name, with all of them, and by the sampled yield. */
export interface Span {
  readonly least: number;
  readonly most: number;
  readonly expected: number | null;
}

/** `12 – 48`, one figure where both ends read the same, `≈ 20` where a yield is known. */
export function formatSpan({ least, most, expected }: Span, format: (value: number) => string): string {
  if (expected !== null) return `≈ ${format(expected)}`.replace('≈ under', 'under');
  const [from, to] = [format(least), format(most)];
  return from === to ? from : `${from} – ${to}`;
}

/** Hours as people read them; what is over in an instant too. */
export const formatHours = (hours: number): string =>
  hours === 0 ? 'none' : hours * 3_600 < 1 ? 'under 1 s' : formatDuration(hours * 3_600_000);

export const formatSpanOfHours = (span: Span): string => formatSpan(span, formatHours);
export const formatSpanOfBytes = (span: Span): string => formatSpan(span, formatBytes);
export const formatSpanOfCounts = (span: Span): string => formatSpan(span, formatCount);

/** A share of names in percent, precise enough for rare ones: `0.42%`. */
export const formatYield = (share: number): string =>
  `${Number((share * 100).toPrecision(share < 0.01 ? 2 : 3))}%`;
