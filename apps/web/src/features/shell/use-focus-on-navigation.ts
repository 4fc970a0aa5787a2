import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Moves the focus to the content of a new page, so that keyboard and screen reader go on from there. */
export function useFocusOnNavigation(): void {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    const isFirst = shown.current === undefined;
    if (pathname === undefined || pathname === shown.current) return;
    shown.current = pathname;
    const main = document.getElementById('main');
    // A page that has put the focus into its first field keeps it there.
    if (isFirst || main === null || main.contains(document.activeElement)) return;
    main.focus({ preventScroll: true });
  }, [pathname]);
}
