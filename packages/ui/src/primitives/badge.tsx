import clsx from 'clsx';
import type { ReactNode } from 'react';
import { TONE_SOFT, type Tone } from './tone.ts';

interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  className?: string;
  title?: string | undefined;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', icon, className, title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-px text-xs font-medium whitespace-nowrap ring-1 ring-inset',
        TONE_SOFT[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
