import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button, buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { CircleAlert, Compass } from 'lucide-react';
import { toAppError } from '../../lib/app-error.ts';

/** What a page shows where it could not be loaded or has failed. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { code, message } = toAppError(error);
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <EmptyState
      icon={<CircleAlert aria-hidden className="size-5" />}
      isPage
      title="This page could not be shown"
      action={<Button onClick={again}>Try again</Button>}
    >
      {code === 'NETWORK' && error instanceof TypeError ? 'The page itself has failed. Reload it.' : message}
    </EmptyState>
  );
}

export function NotFound() {
  return (
    <EmptyState
      icon={<Compass aria-hidden className="size-5" />}
      isPage
      title="There is no such page"
      action={
        <Link to="/" className={buttonClass()}>
          To the dashboard
        </Link>
      }
    />
  );
}
