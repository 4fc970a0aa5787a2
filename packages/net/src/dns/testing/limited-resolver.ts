import { OverloadWatch } from '../overload-watch.ts';

const TICK_MS = 10;
const PAUSE_MS = { failed: 200, hasty: 1_000 };
const ATTEMPTS = 4;

/** What is asked, and of whom. `random` gives numbers from 0 to 1. */
export interface LimitedScene {
  readonly names: number;
  /** As many as the engine would ask without a limit. */
  readonly perSecond: number;
  /** Queries a second that are answered; the others fail. */
  readonly answered: number;
  /** `second`: counted by the clock's second, `bucket`: a token bucket. */
  readonly counts: 'second' | 'bucket';
  /** Whether the name with this number fails always. */
  readonly isBroken: (number: number) => boolean;
  readonly random: () => number;
}

interface LimitedOutcome {
  /** Names that are there and were given up. */
  readonly lost: number;
  readonly broken: number;
  readonly seconds: number;
  readonly queries: number;
}

interface Name {
  readonly number: number;
  counted: number;
  hasty: number;
  readyAtMs: number;
}

/** Names asked of one resolver under an `OverloadWatch`, as the engine does: time is simulated. */
export function askLimited(scene: LimitedScene): LimitedOutcome {
  const startMs = scene.random() * 1_000;
  const watch = new OverloadWatch(startMs);
  const waiting: Name[] = [];
  let [next, open, lost, broken, queries, allowance] = [0, 0, 0, 0, 0, 0];
  let [tokens, counted, second] = [scene.answered / 10, 0, -1];
  const isAnswered = (nowMs: number): boolean => {
    if (scene.counts === 'bucket') {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    }
    if (Math.floor(nowMs / 1_000) !== second) [second, counted] = [Math.floor(nowMs / 1_000), 0];
    counted += 1;
    return counted <= scene.answered;
  };
  const takeReady = (nowMs: number): Name | null => {
    const at = waiting.findIndex(({ readyAtMs }) => readyAtMs <= nowMs);
    if (at >= 0) return waiting.splice(at, 1)[0] as Name;
    if (next === scene.names) return null;
    open += 1;
    next += 1;
    return { number: next, counted: 0, hasty: 0, readyAtMs: nowMs };
  };
  let nowMs = startMs;
  for (; next < scene.names || open > 0; nowMs += TICK_MS) {
    if (nowMs > startMs + 3_600_000) throw new Error('It does not end');
    watch.adapt(nowMs);
    tokens = Math.min(scene.answered / 10, tokens + (scene.answered * TICK_MS) / 1_000);
    allowance += (Math.min(scene.perSecond, watch.limit ?? Number.POSITIVE_INFINITY) * TICK_MS) / 1_000;
    for (; allowance >= 1; allowance -= 1) {
      const name = takeReady(nowMs);
      if (name === null) {
        allowance = 0;
        break;
      }
      queries += 1;
      const isBroken = scene.isBroken(name.number);
      const isDecided = isAnswered(nowMs) && !isBroken;
      watch.replied(isDecided, name.counted === 0 && name.hasty < 2);
      if (isDecided) {
        open -= 1;
        continue;
      }
      const isHasty = watch.isInDoubt && name.hasty < 30;
      if (isHasty) name.hasty += 1;
      else name.counted += 1;
      if (name.counted === ATTEMPTS) {
        open -= 1;
        if (isBroken) broken += 1;
        else lost += 1;
        continue;
      }
      name.readyAtMs = nowMs + (isHasty ? PAUSE_MS.hasty : PAUSE_MS.failed);
      waiting.push(name);
    }
  }
  return { lost, broken, seconds: (nowMs - startMs) / 1_000, queries };
}
