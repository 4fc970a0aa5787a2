import type { CapTarget, TrafficControl } from './traffic-control.ts';

/** Waits until it may start; rejects with the signal's reason on abort. Who has entered calls `control.leave`. */
export function enterGate(
  control: TrafficControl,
  targets: readonly CapTarget[],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let cancel: (() => void) | null = null;
    const onAbort = (): void => {
      cancel?.();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    cancel = control.submit(targets, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
