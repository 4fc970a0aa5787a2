import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button, buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { CircleAlert, Compass } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import { useLiveStatus } from '../../lib/live.ts';

/** Between attempts at a page that the server did not give: it answers again, or nothing says so. */
const RETRY_LIVE_MS = 1_000;
const RETRY_MS = 10_000;

/** What a page shows where it could not be loaded or has failed. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { code, message } = toAppError(error);
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  // A page that could not be had comes by itself when the server is back.
  const isLive = useLiveStatus() === 'live';
  const retry = useEffectEvent(again);
  const isUnavailable = code === 'UNAVAILABLE';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new error is waited for anew
  useEffect(() => {
    if (!isUnavailable) return undefined;
    const timer = setTimeout(() => retry(), isLive ? RETRY_LIVE_MS : RETRY_MS);
    return () => clearTimeout(timer);
  }, [isUnavailable, isLive, error]);
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
