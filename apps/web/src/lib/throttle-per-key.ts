export interface ThrottlePerKey {
  call(key: string): void;
  stop(): void;
}

/** Runs `act` at once and then at most once an interval for each key; a call in between runs at its end. */
export function throttlePerKey(intervalMs: number, act: (key: string) => void): ThrottlePerKey {
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; isAsked: boolean }>();

  const run = (key: string): void => {
    const timer = setTimeout(() => {
      const entry = waiting.get(key);
      waiting.delete(key);
      if (entry?.isAsked === true) run(key);
    }, intervalMs);
    waiting.set(key, { timer, isAsked: false });
    act(key);
  };

  return {
    call(key) {
      const entry = waiting.get(key);
      if (entry === undefined) run(key);
      else entry.isAsked = true;
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
