import clsx from 'clsx';
import type { ComponentProps } from 'react';

const CONTROL =
  'w-full min-w-0 rounded-md bg-surface text-base sm:text-sm text-ink ring-1 ring-inset ring-line-strong shadow-panel transition-shadow ' +
  'focus-visible:outline-offset-0 aria-invalid:ring-bad disabled:bg-sunken disabled:text-ink-faint';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={clsx(CONTROL, 'h-9 px-2.5 sm:h-8', className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={clsx(CONTROL, 'px-2.5 py-1.5', className)} />;
}

/** The platform's own select: it is the one that works on every phone and with every reader. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select {...rest} className={clsx(CONTROL, 'h-9 pr-1 pl-2 sm:h-8', className)}>
      {children}
    </select>
  );
}
