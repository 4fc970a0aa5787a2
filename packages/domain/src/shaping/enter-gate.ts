import type { CapTarget, TrafficControl } from './traffic-control.ts';

/**
 * Waits until it may start, which gives true: who has entered calls `control.leave`. False: no batch of the run goes on
 * here, so that nobody waits for it any more. Rejects with the signal's reason on abort.
 */
export function enterGate(
  control: TrafficControl,
  targets: readonly CapTarget[],
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    if (!control.goesOn) return resolve(false);
    let cancel: (() => void) | null = null;
    const settle = (): void => {
      signal.removeEventListener('abort', onAbort);
      endListening();
    };
    const onAbort = (): void => {
      cancel?.();
      settle();
      reject(signal.reason);
    };
    const endListening = control.onStop(() => {
      cancel?.();
      settle();
      resolve(false);
    });
    signal.addEventListener('abort', onAbort, { once: true });
    cancel = control.submit(targets, () => {
      settle();
      resolve(true);
    });
  });
}
