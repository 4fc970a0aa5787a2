import clsx from 'clsx';
import { TONE_FILL, type Tone } from '../primitives/tone.ts';

export interface BarPart {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly tone: Tone;
}

interface StackedBarProps {
  label: string;
  parts: readonly BarPart[];
  /** What the whole bar stands for; what the parts leave is shown empty. */
  total: number;
  formatValue: (value: number) => string;
  className?: string;
}

/** A whole in parts. The numbers are in the label for readers and in the legend beside it. */
export function StackedBar({ label, parts, total, formatValue, className }: StackedBarProps) {
  const spoken = parts.map((part) => `${part.label} ${formatValue(part.value)}`).join(', ');
  return (
    <div
      role="img"
      aria-label={`${label}: ${spoken === '' ? 'nothing yet' : spoken}`}
      className={clsx('flex h-2 gap-px overflow-hidden rounded-full bg-line', className)}
    >
      {parts.map((part) =>
        part.value === 0 || total === 0 ? null : (
          <div
            key={part.key}
            title={`${part.label}: ${formatValue(part.value)}`}
            className={clsx('h-full min-w-0.5 transition-[width] duration-500', TONE_FILL[part.tone])}
            style={{ width: `${(part.value / total) * 100}%` }}
          />
        ),
      )}
    </div>
  );
}
