import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={clsx('flex items-start gap-2 text-sm', className)}>
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-accent" />
      <span className="min-w-0">
        <span>{label}</span>
        {hint === undefined ? null : <span className="block text-xs text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
