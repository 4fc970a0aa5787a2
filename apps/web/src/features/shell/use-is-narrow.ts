import { useSyncExternalStore } from 'react';

/** Below Tailwind's `md`: tables fold their rows. */
const QUERY = '(max-width: 47.99rem)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** True on a phone's width. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
