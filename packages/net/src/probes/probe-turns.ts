import { DomainFlowError } from '@domainflow/domain/errors.ts';

/** Probes under way in this process; the others wait for their turn. */
const AT_ONCE = 4;
const MOST_WAITING = 16;
const WAIT_MS = 3_000;
/** For the work itself: with the wait, a person has an answer within 15 s. */
export const WORK_MS = 12_000;

/** Lets few probes run at once, each for a limited time. */
export interface ProbeTurns {
  /**
   * Runs `probe` when it is its turn. Its signal aborts with the caller's, and `WORK_MS` after the start: what has been
   * found by then is the result. `UNAVAILABLE` where too many wait, or no turn comes in time.
   */
  take<T>(left: AbortSignal, probe: (ended: AbortSignal) => Promise<T>): Promise<T>;
}

/** The turns of one process. */
export function createProbeTurns(): ProbeTurns {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(left: AbortSignal): Promise<void> {
    if (running < AT_ONCE) {
      running += 1;
      return;
    }
    if (waiting.length >= MOST_WAITING) throw busy();
    await new Promise<void>((resolve, reject) => {
      const tired = AbortSignal.any([left, AbortSignal.timeout(WAIT_MS)]);
      const turn = (): void => {
        tired.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(left.aborted ? left.reason : busy());
      };
      tired.addEventListener('abort', giveUp, { once: true });
      waiting.push(turn);
    });
  }

  /** The place goes to who has waited for longest. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return {
    async take(left, probe) {
      left.throwIfAborted();
      await enter(left);
      try {
        return await probe(AbortSignal.any([left, AbortSignal.timeout(WORK_MS)]));
      } finally {
        leave();
      }
    },
  };
}

const busy = (): DomainFlowError =>
  new DomainFlowError('UNAVAILABLE', 'Too many tests run at the moment. Try again in a few seconds.');
