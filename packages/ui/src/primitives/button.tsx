import clsx from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

export type ButtonLook = 'primary' | 'secondary' | 'ghost' | 'danger';

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover shadow-panel',
  secondary: 'bg-surface text-ink ring-1 ring-inset ring-line-strong hover:bg-sunken shadow-panel',
  ghost: 'text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-surface text-bad-ink ring-1 ring-inset ring-bad/40 hover:bg-bad-soft shadow-panel',
};

/** The class of something that looks like a button: for links that navigate. */
export function buttonClass(look: ButtonLook = 'secondary', size: 'sm' | 'md' = 'md'): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50',
    size === 'sm' ? 'h-7 px-2.5 text-xs' : 'h-9 px-3.5 text-sm sm:h-8 sm:px-3',
    LOOKS[look],
  );
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook;
  size?: 'sm' | 'md';
  icon?: ReactNode;
  /** Shows that the action is under way and takes no second click. */
  busy?: boolean;
}

export function Button({
  look,
  size,
  icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={clsx(buttonClass(look, size), className)}
    >
      {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
}

/** A button that is only an icon; `label` names it for screen readers and as a tooltip. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={clsx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-sunken hover:text-ink',
        'disabled:pointer-events-none disabled:opacity-40',
        className,
      )}
    >
      {children}
    </button>
  );
}
