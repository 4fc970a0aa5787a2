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
      <div className="grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6">
        <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
        {actions === undefined ? null : <div className="flex items-center gap-2">{actions}</div>}
      </div>
      {description === undefined ? null : (
        <div className="mt-1 max-w-3xl text-sm text-pretty text-ink-soft">{description}</div>
      )}
    </header>
  );
}
