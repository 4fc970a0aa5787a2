import clsx from 'clsx';
import type { ReactNode } from 'react';
import { TONE_SOFT, type Tone } from './tone.ts';

interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  /** Breaks into lines where there is no room, instead of ending in dots. */
  wraps?: boolean;
  className?: string;
  title?: string | undefined;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', icon, wraps = false, className, title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-px text-xs font-medium ring-1 ring-inset',
        wraps ? 'break-words' : 'whitespace-nowrap',
        TONE_SOFT[tone],
        className,
      )}
    >
      {icon}
      <span className={wraps ? 'min-w-0' : 'truncate'}>{children}</span>
    </span>
  );
}
