import clsx from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { TONE_SOFT, type Tone } from '../primitives/tone.ts';

interface NoticeProps {
  tone: Exclude<Tone, 'neutral'>;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

const ICONS = { accent: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;

/** A message in the flow of the page. Errors are announced. */
export function Notice({ tone, title, children, action, className }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={clsx(
        'flex items-start gap-2 rounded-lg px-3 py-2 text-sm ring-1 ring-inset',
        TONE_SOFT[tone],
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 break-words">
        {title === undefined ? null : <p className="font-medium">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}
