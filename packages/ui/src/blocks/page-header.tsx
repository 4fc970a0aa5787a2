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
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {above}
        <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
        {description === undefined ? null : (
          <div className="mt-0.5 max-w-prose text-sm text-ink-soft">{description}</div>
        )}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
