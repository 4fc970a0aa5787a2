/** How what is shown is kept fresh. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'polling';

/** What one attempt at the stream tells. `position` is where to go on after it. */
export interface LiveAttempt<Event> {
  /** From here on nothing is missed. */
  onReady(position: string): void;
  onEvent(position: string, event: Event): void;
  /** Events are missing. */
  onReset(position: string): void;
  onLost(): void;
}

export interface LiveConnectionOptions<Event> {
  /** Opens the stream after that position (null: from now on); returns what closes it. */
  readonly open: (position: string | null, attempt: LiveAttempt<Event>) => () => void;
  readonly onEvent: (event: Event) => void;
  readonly onStatus: (status: LiveStatus) => void;
  /** Fetch everything that is shown: events may have been missed. */
  readonly resync: () => void;
  /** From 0 to 1, spreads the attempts of many browsers. */
  readonly random?: () => number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** An attempt that is silent for so long has failed. */
const OPEN_TIMEOUT_MS = 10_000;
/** After so many failures in a row the page polls, and goes on trying beside it. */
const FAILURES_BEFORE_POLLING = 3;
const POLL_INTERVAL_MS = 4_000;
/** Ids remembered to drop what a replay brings again. */
const REMEMBERED_IDS = 2_000;

export interface LiveConnection {
  /** Tries at once: the network is back, or the page is looked at again. */
  retryNow(): void;
  close(): void;
}

/** Exponential backoff with jitter: half of the delay is fixed, half is chance. */
export function backoffMs(failures: number, random: number): number {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1));
  return delay / 2 + (delay / 2) * random;
}

/** A set of the latest ids; `add` is false for one that it holds. */
export function rememberIds(limit: number): { add(id: string): boolean } {
  const ids = new Set<string>();
  return {
    add(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > limit) {
        const oldest = ids.values().next();
        if (oldest.done !== true) ids.delete(oldest.value);
      }
      return true;
    },
  };
}

/**
 * Keeps one stream of events open: reconnects with exponential backoff from where it was, drops duplicates by id, and
 * polls while the stream cannot be had.
 */
export function openLiveConnection<Event extends { readonly id: string }>(
  options: LiveConnectionOptions<Event>,
): LiveConnection {
  const { open, onEvent, onStatus, resync, random = Math.random } = options;
  const seen = rememberIds(REMEMBERED_IDS);
  let position: string | null = null;
  let failures = 0;
  let isOpen = false;
  let isClosed = false;
  let closeAttempt: (() => void) | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let openTimer: ReturnType<typeof setTimeout> | undefined;
  let pollTimer: ReturnType<typeof setInterval> | undefined;

  const stopPolling = (): void => {
    clearInterval(pollTimer);
    pollTimer = undefined;
  };

  const lost = (): void => {
    clearTimeout(openTimer);
    closeAttempt?.();
    closeAttempt = null;
    isOpen = false;
    failures += 1;
    if (failures >= FAILURES_BEFORE_POLLING) {
      onStatus('polling');
      pollTimer ??= setInterval(resync, POLL_INTERVAL_MS);
    } else {
      onStatus('reconnecting');
    }
    retryTimer = setTimeout(connect, backoffMs(failures, random()));
  };

  const opened = (): void => {
    clearTimeout(openTimer);
    isOpen = true;
    failures = 0;
    stopPolling();
    onStatus('live');
    // What was fetched before may lack what happened until now; from here on events keep it.
    resync();
  };

  function connect(): void {
    clearTimeout(retryTimer);
    let isCurrent = true;
    const whenCurrent = (act: () => void): void => {
      if (isCurrent && !isClosed) act();
    };
    openTimer = setTimeout(() => whenCurrent(lost), OPEN_TIMEOUT_MS);
    const close = open(position, {
      onReady: (at) =>
        whenCurrent(() => {
          position = at;
          opened();
        }),
      onEvent: (at, event) =>
        whenCurrent(() => {
          position = at;
          if (seen.add(event.id)) onEvent(event);
        }),
      onReset: (at) =>
        whenCurrent(() => {
          position = at;
          resync();
        }),
      onLost: () => whenCurrent(lost),
    });
    closeAttempt = () => {
      isCurrent = false;
      close();
    };
  }

  onStatus('connecting');
  connect();
  return {
    retryNow() {
      if (isClosed || isOpen || closeAttempt !== null) return;
      connect();
    },
    close() {
      isClosed = true;
      clearTimeout(retryTimer);
      clearTimeout(openTimer);
      stopPolling();
      closeAttempt?.();
    },
  };
}
