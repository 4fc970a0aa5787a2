import { useRouter } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** A drawer was opened over the entry before this one. */
    isDrawer?: true;
  }
}

/** What `navigate` takes of it. */
interface How {
  readonly replace: boolean;
  readonly state?: true | { isDrawer: true };
  readonly resetScroll: false;
}

/**
 * How changes of an address go into the browser's history where a parameter of it opens a drawer: Back closes the drawer, and
 * closing it goes back, so that it leaves nothing behind. Everything else takes the place of what was there.
 */
export function useDrawerHistory() {
  const { history } = useRouter();
  return <Key extends string>(
    drawer: Key,
    now: Readonly<Partial<Record<Key, unknown>>>,
    next: Readonly<Partial<Record<Key, unknown>>>,
    change: (how: How) => unknown,
  ): void => {
    const isAlone = Object.keys(next).length === 1;
    const isOpening = next[drawer] !== undefined;
    if (isAlone && isOpening && now[drawer] === undefined)
      change({ replace: false, state: { isDrawer: true }, resetScroll: false });
    else if (isAlone && drawer in next && !isOpening && history.location.state.isDrawer === true)
      history.back();
    else change({ replace: true, ...(isOpening ? { state: true } : {}), resetScroll: false });
  };
}
