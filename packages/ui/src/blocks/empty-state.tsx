import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** It stands for the whole page, and its title is the page's. */
  isPage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet: says why, and what to do. */
export function EmptyState({ icon, title, isPage = false, children, action }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <div className="mb-1 flex size-10 items-center justify-center rounded-full bg-sunken text-ink-faint ring-1 ring-line">
        {icon}
      </div>
      <Title className="font-medium">{title}</Title>
      {children === undefined ? null : (
        <div className="max-w-md text-sm text-balance text-ink-soft">{children}</div>
      )}
      {action === undefined ? null : <div className="mt-3">{action}</div>}
    </div>
  );
}
