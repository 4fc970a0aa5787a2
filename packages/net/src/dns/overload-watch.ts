/** An epoch has at least this length (many limits count by the second) and so many replies; at most the second. */
const EPOCH_MS = 1_000;
const MOST_EPOCH_MS = 5_000;
const LEAST_REPLIES = 40;
const LEAST_REPLIES_OF_TRIAL = 12;
/** From so many replies on, before an epoch is over, failures are not yet held against names. */
const LEAST_TO_DOUBT = 12;
/** Failures above what this resolver always has that raise no question. */
const TOLERATED = 0.1;
/** Chance alone gives less than so many standard deviations. */
const BEYOND_CHANCE = 3;
/** Of what it decided a second so much is asked in a trial; where it decided nothing, of what was asked. */
const TRIAL_SPEED = 0.45;
const TRIAL_SPEED_ONCE_FOUND = 0.9;
const TRIAL_SPEED_WITHOUT_ANSWERS = 1 / 16;
/** The speed was to blame where no more than this part of the failures is left. */
const HELPED = 0.75;
/** After a trial in vain; doubled each time. */
const FIRST_PAUSE_MS = 30_000;
const MAX_PAUSE_MS = 600_000;
/** The same where a limit is known already. */
const PAUSE_AT_LIMIT_MS = 3_000;
/** How a limit that was found is tried out again: carefully once it has been found a second time. */
const FIRST_RISE = { by: 2, everyMs: 2_000 };
const LEAST_RISE_BY = 1.1;
const MAX_RISE_EVERY_MS = 20_000;
/** Weight of a quiet epoch in the usual share of failures. */
const NEWEST = 0.2;

type State = 'watching' | 'settling' | 'trying';

/**
 * Tells a resolver that answers SERVFAIL or REFUSED because it is asked too fast (BIND `rate-limit`, unbound `ratelimit`,
 * public resolvers) from names that fail: when the share of failures rises it is asked as fast as it has given answers. Where most of
 * the failures then stay away, that is its limit, which is tried out again from time to time; where not, it is the names, and
 * their share is usual from then on. The clock is the caller's.
 */
export class OverloadWatch {
  #state: State = 'watching';
  #sinceMs: number;
  /** In this epoch: answers, those to names that had not failed, and failures of such. */
  #answered = 0;
  #decided = 0;
  #failed = 0;
  /** Failures of names that had failed before. */
  #repeated = 0;
  #hasAnswered = false;
  #usual = 0;
  #before = { share: 0, limit: null as number | null };
  #limit: number | null = null;
  /** The limit that was found last. */
  #found = Number.POSITIVE_INFINITY;
  /** As fast as it was asked when the limit was first looked for. */
  #unlimited = 0;
  #rise = FIRST_RISE;
  #riseAtMs = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(nowMs: number) {
    this.#sinceMs = nowMs;
  }

  /** Queries a second that it is to be sent at most; null: nothing speaks for a limit. */
  get limit(): number | null {
    return this.#limit;
  }

  /** In words, where a limit has been found. */
  get problem(): string | null {
    if (this.#limit === null || this.#found === Number.POSITIVE_INFINITY) return null;
    const perSecond = Math.round(Math.min(this.#limit, this.#found));
    return `It fails (SERVFAIL, REFUSED) when it is asked faster than some ${perSecond} times a second, and is asked more slowly`;
  }

  /** Failures may come of the speed: they say nothing of names, nor of the resolver, until that is found out. */
  get isInDoubt(): boolean {
    return this.#state !== 'watching' || (this.#seen >= LEAST_TO_DOUBT && this.#isUnusual);
  }

  /** A reply came. `isTelling`: the name has not failed at a resolver that answers others, nor often here. */
  replied(isDecided: boolean, isTelling: boolean): void {
    if (isDecided) {
      this.#hasAnswered = true;
      this.#answered += 1;
      if (isTelling) this.#decided += 1;
    } else if (isTelling) {
      this.#failed += 1;
    } else {
      this.#repeated += 1;
    }
  }

  /** To be called every few milliseconds. */
  adapt(nowMs: number): void {
    const elapsedMs = nowMs - this.#sinceMs;
    if (this.#state === 'watching') this.#watch(elapsedMs, nowMs);
    else if (elapsedMs < EPOCH_MS) return;
    else if (this.#state === 'settling') this.#enter('trying', nowMs);
    else this.#judge(elapsedMs, nowMs);
  }

  get #seen(): number {
    return this.#decided + this.#failed;
  }

  get #share(): number {
    return this.#seen === 0 ? 0 : this.#failed / this.#seen;
  }

  get #isUnusual(): boolean {
    if (!this.#hasAnswered || this.#sinceMs < this.#pausedUntilMs) return false;
    const usual = this.#usual * 1.5 + TOLERATED;
    const chance = Math.sqrt((Math.max(TOLERATED, this.#usual) * (1 - TOLERATED)) / this.#seen);
    return this.#share > usual + BEYOND_CHANCE * chance;
  }

  #watch(elapsedMs: number, nowMs: number): void {
    const mayRise = nowMs >= Math.max(this.#riseAtMs, this.#pausedUntilMs) && !this.isInDoubt;
    if (this.#limit !== null && mayRise) {
      this.#raise(this.#limit, nowMs);
      return;
    }
    if (elapsedMs < EPOCH_MS || (this.#seen < LEAST_REPLIES && elapsedMs < MOST_EPOCH_MS)) return;
    if (this.#seen >= LEAST_REPLIES && this.#isUnusual) {
      this.#try(elapsedMs);
      this.#enter('settling', nowMs);
      return;
    }
    if (this.#seen >= LEAST_REPLIES) {
      this.#usual += (Math.min(this.#usual, this.#share) - this.#usual) * NEWEST;
      this.#found = Math.max(this.#found, this.#limit ?? 0);
    }
    this.#enter('watching', nowMs);
  }

  /** What is under way is answered first, and limits that count by the second begin to count anew: `settling`. */
  #try(elapsedMs: number): void {
    const perMs = (count: number): number => (count * 1_000) / elapsedMs;
    const asked = perMs(this.#answered + this.#failed);
    if (this.#limit === null) this.#unlimited = asked;
    this.#before = { share: this.#share, limit: this.#limit };
    if (this.#limit !== null && this.#limit > this.#found) this.#rise = slower(this.#rise);
    const isFound = this.#found < Number.POSITIVE_INFINITY;
    const part = isFound ? TRIAL_SPEED_ONCE_FOUND : TRIAL_SPEED;
    const speed = this.#answered > 0 ? perMs(this.#answered) * part : asked * TRIAL_SPEED_WITHOUT_ANSWERS;
    this.#limit = Math.max(1, Math.min(speed, this.#found));
  }

  #judge(elapsedMs: number, nowMs: number): void {
    // Where hardly any other names are left, those that fail again and again tell enough.
    const isRest = this.#seen < LEAST_REPLIES_OF_TRIAL;
    const failed = isRest ? this.#failed + this.#repeated : this.#failed;
    const seen = this.#decided + failed;
    if (seen < LEAST_REPLIES_OF_TRIAL && elapsedMs < MOST_EPOCH_MS) return;
    const { share: before, limit } = this.#before;
    const share = seen === 0 ? 0 : failed / seen;
    const chance = seen === 0 ? 1 : Math.sqrt((before * (1 - before)) / seen);
    if (seen > 0 && share < before * HELPED && before - share > BEYOND_CHANCE * chance) {
      this.#found = this.#limit ?? Number.POSITIVE_INFINITY;
      this.#riseAtMs = nowMs + this.#rise.everyMs;
      this.#pauseMs = FIRST_PAUSE_MS;
    } else if (limit !== null && limit > this.#found) {
      this.#limit = this.#found;
      this.#riseAtMs = nowMs + this.#rise.everyMs;
    } else {
      this.#usual = Math.max(this.#usual, Math.min(before, seen === 0 ? before : share));
      this.#pausedUntilMs = nowMs + (limit === null ? this.#pauseMs : PAUSE_AT_LIMIT_MS);
      if (limit === null) this.#pauseMs = Math.min(MAX_PAUSE_MS, this.#pauseMs * 2);
      this.#limit = limit;
    }
    this.#enter('watching', nowMs);
  }

  #raise(limit: number, nowMs: number): void {
    const { by, everyMs } = this.#rise;
    const next = limit * by;
    this.#riseAtMs = nowMs + everyMs;
    this.#limit = next > this.#unlimited * 2 ? null : next;
    if (this.#limit === null) {
      this.#rise = FIRST_RISE;
      this.#found = Number.POSITIVE_INFINITY;
    }
    this.#enter('watching', nowMs);
  }

  #enter(state: State, nowMs: number): void {
    this.#state = state;
    this.#sinceMs = nowMs;
    this.#answered = 0;
    this.#decided = 0;
    this.#failed = 0;
    this.#repeated = 0;
  }
}

const slower = ({ by, everyMs }: typeof FIRST_RISE): typeof FIRST_RISE => ({
  by: Math.max(LEAST_RISE_BY, 1 + (by - 1) / 2),
  everyMs: Math.min(MAX_RISE_EVERY_MS, everyMs * 2),
});
