import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** Above the title: where the page stands. */
  above?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, above, description, actions }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {above}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {description === undefined ? null : (
        <div className="mt-0.5 max-w-prose text-sm text-ink-soft">{description}</div>
      )}
    </header>
  );
}
