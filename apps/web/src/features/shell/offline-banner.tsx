import { WifiOff } from 'lucide-react';
import { useIsOnline } from '../../lib/use-is-online.ts';

/** Shown while the browser has no network. */
export function OfflineBanner() {
  if (useIsOnline()) return null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-sm font-medium text-warn-ink"
    >
      <WifiOff aria-hidden className="size-4" />
      You are offline. What you see is the last known state.
    </div>
  );
}
