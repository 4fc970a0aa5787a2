import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';

interface NewLinkProps {
  to: '/campaigns/new' | '/keyword-sets/new' | '/score-profiles/new';
  children: string;
}

/** The way to where one more is made, in the head of a page. */
export function NewLink({ to, children }: NewLinkProps) {
  return (
    <Link to={to} className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      {children}
    </Link>
  );
}
