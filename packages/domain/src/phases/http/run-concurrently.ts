import type { Admission } from '../../http/visit-gate.ts';
import type { ResultSink } from '../phase.ts';

/** When enough is finished to be handed over. */
export interface ChunkLimits {
  /** Says how many are worked on at once. */
  readonly admission: Admission;
  readonly maxResults: number;
  readonly maxOctets: number;
  /** Calls `tick` whenever finished results have waited long enough; returns what ends that. */
  readonly pace: (tick: () => void) => () => void;
  /** Called when the last item has begun. */
  readonly onDrained: () => void;
}

/**
 * Works on items, as many at once as are admitted, and yields whenever the limits say that what is `finished` is to be
 * taken: `work` puts it there at its end, and the reader takes all of it at each yield. `work` may give up its place with
 * `leave` before it ends. On abort no item is begun, those in flight are dropped, and what is finished is to be taken.
 */
export async function* runConcurrently<Item>(
  items: { readonly length: number; at(index: number): Item | undefined },
  work: (item: Item, leave: () => void, signal: AbortSignal) => Promise<void>,
  finished: Pick<ResultSink, 'length' | 'octets'>,
  limits: ChunkLimits,
  signal: AbortSignal,
): AsyncGenerator<void> {
  let next = 0;
  let inFlight = 0;
  let due = false;
  let failed: { readonly error: unknown } | null = null;
  // Also aborted when the reader leaves early: nothing may go on for a batch that nobody reads.
  const stop = new AbortController();
  let wake: () => void = () => {};

  const holds = (times: number): boolean =>
    finished.length >= limits.maxResults * times || finished.octets >= limits.maxOctets * times;
  const begin = (item: Item, leave: () => void): void => {
    inFlight++;
    work(item, leave, stop.signal).then(
      () => {
        inFlight--;
        leave();
        fill();
        if (holds(1) || inFlight === 0) wake();
      },
      (error: unknown) => {
        inFlight--;
        if (!signal.aborted) failed ??= { error };
        leave();
        wake();
      },
    );
  };
  // While the reader is behind (it commits) nothing new is begun, so that memory is bounded by the limits.
  const fill = (): void => {
    while (next < items.length && failed === null && !stop.signal.aborted) {
      if (holds(2)) return;
      const leave = limits.admission.enter();
      if (leave === null) return;
      begin(items.at(next++) as Item, leave);
      if (next === items.length) limits.onDrained();
    }
  };
  const onAbort = (): void => {
    stop.abort(signal.reason);
    wake();
  };
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  const endWait = limits.admission.wait(fill);
  // Paces commits; no result depends on it.
  const endPace = limits.pace(() => {
    due = true;
    wake();
  });
  try {
    for (;;) {
      fill();
      const ended = signal.aborted || failed !== null || (inFlight === 0 && next >= items.length);
      if (finished.length > 0 && (due || ended || holds(1))) {
        due = false;
        yield;
        continue;
      }
      if (ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    endPace();
    endWait();
    signal.removeEventListener('abort', onAbort);
    stop.abort();
  }
  const outcome = failed as { readonly error: unknown } | null;
  if (outcome !== null) throw outcome.error;
}
