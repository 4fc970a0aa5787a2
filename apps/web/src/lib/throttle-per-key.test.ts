import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throttlePerKey } from './throttle-per-key.ts';

describe('throttlePerKey', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs at once, then once an interval while it is asked', () => {
    const act = vi.fn<(key: string) => void>();
    const throttle = throttlePerKey(1_000, act);
    throttle.call('a');
    throttle.call('a');
    throttle.call('a');
    throttle.call('b');
    expect(act.mock.calls).toEqual([['a'], ['b']]);
    vi.advanceTimersByTime(1_000);
    expect(act.mock.calls).toEqual([['a'], ['b'], ['a']]);
    vi.advanceTimersByTime(5_000);
    expect(act).toHaveBeenCalledTimes(3);
    throttle.call('a');
    expect(act).toHaveBeenCalledTimes(4);
  });

  it('does nothing more once stopped', () => {
    const act = vi.fn<(key: string) => void>();
    const throttle = throttlePerKey(1_000, act);
    throttle.call('a');
    throttle.call('a');
    throttle.stop();
    vi.advanceTimersByTime(5_000);
    expect(act).toHaveBeenCalledTimes(1);
  });
});
