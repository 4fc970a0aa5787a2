import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  backoffMs,
  type LiveAttempt,
  type LiveConnection,
  type LiveStatus,
  openLiveConnection,
  rememberIds,
} from './live-connection.ts';

interface Message {
  readonly id: string;
}

/** A stream in the hands of the test. */
function scenario() {
  const attempts: { position: string | null; attempt: LiveAttempt<Message>; isClosed: boolean }[] = [];
  const statuses: LiveStatus[] = [];
  const events: string[] = [];
  const resync = vi.fn<() => void>();
  const connection: LiveConnection = openLiveConnection<Message>({
    open: (position, attempt) => {
      const entry = { position, attempt, isClosed: false };
      attempts.push(entry);
      return () => {
        entry.isClosed = true;
      };
    },
    onEvent: (message) => events.push(message.id),
    onStatus: (status) => statuses.push(status),
    resync,
    random: () => 1,
  });
  const latest = () => {
    const entry = attempts.at(-1);
    if (entry === undefined) throw new Error('no attempt');
    return entry;
  };
  return { attempts, statuses, events, resync, connection, latest };
}

describe('openLiveConnection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is live when the stream says so, and fetches what is shown once', () => {
    const { statuses, latest, resync, connection } = scenario();
    latest().attempt.onReady('10.10');
    expect(statuses).toEqual(['connecting', 'live']);
    expect(resync).toHaveBeenCalledTimes(1);
    connection.close();
  });

  it('goes on from the last position, and drops what comes again', () => {
    const { attempts, events, latest, connection } = scenario();
    latest().attempt.onReady('10.10');
    latest().attempt.onEvent('11.10', { id: '11' });
    latest().attempt.onLost();
    vi.advanceTimersByTime(500);
    expect(attempts).toHaveLength(2);
    expect(latest().position).toBe('11.10');
    latest().attempt.onEvent('11.11', { id: '11' });
    latest().attempt.onEvent('12.12', { id: '12' });
    expect(events).toEqual(['11', '12']);
    connection.close();
  });

  it('hears nothing from an attempt that it has given up', () => {
    const { attempts, events, latest, connection } = scenario();
    const first = latest().attempt;
    first.onLost();
    expect(attempts[0]?.isClosed).toBe(true);
    first.onEvent('1.1', { id: '1' });
    first.onLost();
    vi.advanceTimersByTime(500);
    expect(events).toEqual([]);
    expect(attempts).toHaveLength(2);
    connection.close();
  });

  it('waits twice as long after each failure, then polls and goes on trying', () => {
    const { attempts, statuses, latest, resync, connection } = scenario();
    latest().attempt.onLost();
    expect(statuses.at(-1)).toBe('reconnecting');
    vi.advanceTimersByTime(499);
    expect(attempts).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(attempts).toHaveLength(2);
    latest().attempt.onLost();
    vi.advanceTimersByTime(1_000);
    expect(attempts).toHaveLength(3);
    latest().attempt.onLost();
    expect(statuses.at(-1)).toBe('polling');
    expect(resync).not.toHaveBeenCalled();
    vi.advanceTimersByTime(4_000);
    expect(resync).toHaveBeenCalledTimes(1);
    expect(attempts).toHaveLength(4);
    latest().attempt.onReady('5.5');
    expect(statuses.at(-1)).toBe('live');
    resync.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(resync).not.toHaveBeenCalled();
    connection.close();
  });

  it('gives up an attempt that stays silent', () => {
    const { attempts, statuses, connection } = scenario();
    vi.advanceTimersByTime(10_000);
    expect(attempts[0]?.isClosed).toBe(true);
    expect(statuses.at(-1)).toBe('reconnecting');
    connection.close();
  });

  it('fetches what is shown when events are missing', () => {
    const { latest, resync, connection } = scenario();
    latest().attempt.onReset('9.9');
    expect(resync).toHaveBeenCalledTimes(1);
    latest().attempt.onLost();
    vi.advanceTimersByTime(500);
    expect(latest().position).toBe('9.9');
    connection.close();
  });

  it('tries at once when asked, but not beside an open attempt', () => {
    const { attempts, latest, connection } = scenario();
    connection.retryNow();
    expect(attempts).toHaveLength(1);
    latest().attempt.onLost();
    connection.retryNow();
    expect(attempts).toHaveLength(2);
    vi.advanceTimersByTime(5_000);
    expect(attempts).toHaveLength(2);
    connection.close();
  });

  it('is silent after it was closed', () => {
    const { attempts, events, statuses, latest, connection } = scenario();
    latest().attempt.onReady('1.1');
    connection.close();
    const told = statuses.length;
    latest().attempt.onEvent('2.2', { id: '2' });
    latest().attempt.onLost();
    vi.advanceTimersByTime(60_000);
    expect(events).toEqual([]);
    expect(statuses).toHaveLength(told);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.isClosed).toBe(true);
  });
});

describe('backoffMs', () => {
  it('doubles up to half a minute, half of it by chance', () => {
    expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 1))).toEqual([500, 1_000, 2_000, 4_000]);
    expect(backoffMs(1, 0)).toBe(250);
    expect(backoffMs(40, 1)).toBe(30_000);
  });
});

describe('rememberIds', () => {
  it('knows the latest ids and forgets the oldest', () => {
    const ids = rememberIds(2);
    expect([ids.add('a'), ids.add('a'), ids.add('b'), ids.add('c')]).toEqual([true, false, true, true]);
    expect(ids.add('c')).toBe(false);
    expect(ids.add('a')).toBe(true);
  });
});
