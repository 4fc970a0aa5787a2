import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';

/** The way from one of many to the list of them, above its heading. */
export function BackLink({ to, children }: { to: '/score-profiles' | '/keyword-sets'; children: ReactNode }) {
  return (
    <Link to={to} className="mb-1 inline-flex items-center gap-0.5 text-xs text-ink-faint hover:text-ink">
      <ChevronLeft aria-hidden className="size-3.5" />
      {children}
    </Link>
  );
}
