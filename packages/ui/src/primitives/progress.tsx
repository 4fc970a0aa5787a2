import clsx from 'clsx';
import { TONE_FILL, type Tone } from './tone.ts';

interface ProgressProps {
  /** 0 to 100. */
  percent: number;
  label: string;
  tone?: Tone;
  className?: string;
}

export function Progress({ percent, label, tone = 'accent', className }: ProgressProps) {
  const clamped = Math.min(100, Math.max(0, percent));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(clamped * 10) / 10}
      className={clsx('h-1.5 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={clsx('h-full origin-left rounded-full transition-[width] duration-500', TONE_FILL[tone])}
        style={{ width: `${clamped}%` }}
      />
    </div>
  );
}
