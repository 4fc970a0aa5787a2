const INITIAL_SIZE = 256;
const MIN_SIZE = 4;
export const MAX_WINDOW = 8_192;

/** A reply is called late after the usual time and four deviations, but never before this. */
const MIN_LATE_MS = 150;
const LATE_BEFORE_ANY_REPLY_MS = 1_000;
/** Growth that brings less than this part of what it could bring is taken back: the bottleneck is full. */
const WORTHWHILE = 0.4;
/** Epochs for which a full bottleneck is left alone. */
const HOLD_EPOCHS = 5;
/** Loss above what this resolver always has, at which the window is cut. */
const TOLERATED_LOSS = 0.01;
/** Chance alone gives less than so many standard deviations. */
const BEYOND_CHANCE = 3;
/** Fewer packets say nothing of a loss, and more are wanted to say whether a cut has helped. */
const LEAST_SEEN = 8;
const LEAST_SEEN_TO_JUDGE = 60;
/** After so many epochs fewer will do. */
const MOST_EPOCHS_TO_JUDGE = 8;
/** The usual loss is a mean over about so many packets. */
const USUAL_OVER = 10_000;
const CUT = 0.7;
/** Cuts while much is lost, or as long as a cut has not helped. */
const DEEP_CUT = 0.5;
const MUCH_LOSS = 0.3;
/** How far a window is cut, in all, to find out whether it is what loses packets; to the least where much is lost. */
const DEPTH = 3;
/** Of the loss before a descent so much must be left at its end for the loss to be usual here. */
const UNCHANGED = 0.6;
/** Epochs before a size that lost packets is tried again. */
const WARY_EPOCHS = 40;
/** When so many are late and no reply has come for an epoch, the resolver is called down. */
const DOWN_AFTER = 16;

/**
 * How many queries may be in flight at one resolver. It grows while growing brings more answers a second, holds when it
 * does not (then a larger window would only fill buffers, until they overflow), and is cut when replies fail to come.
 * Names whose own servers are dead look like loss and are not, nor does a smaller window help a bad line: a descent of
 * cuts that change no more than chance does ends where it began, and teaches the window how much silence is usual here.
 * So does one whose lost packets turn out to be slow. The clock is the caller's.
 */
export class AdaptiveWindow {
  size = INITIAL_SIZE;
  /** Queries sent and neither answered nor late. */
  inFlight = 0;
  /** Silent for so long that only single queries are sent, to notice its return. */
  isDown = false;
  lateAfterMs: number;
  readonly #timeoutMs: number;
  #smoothedMs = 0;
  #deviationMs = 0;
  #hasRtt = false;
  #starting = true;
  #epochStartMs: number;
  /** In this epoch. */
  #replies = 0;
  #late = 0;
  /** Replies to what had been called late: it was slow, and not lost. */
  #slow = 0;
  /** Since the loss was last looked at, which may take several epochs. */
  #seen = 0;
  #lost = 0;
  #epochsSeen = 0;
  #wasLimiting = false;
  #hold = 0;
  #grownFrom: { size: number; perMs: number } | null = null;
  /** What there was before the first of several cuts. */
  #descent: { size: number; lost: number; seen: number; slow: number } | null = null;
  /** A size that lost packets, and for how long it has been left alone. */
  #lossySize = Number.POSITIVE_INFINITY;
  #waryEpochs = 0;
  /** Until the effect of a cut shows: what becomes late in the epoch after it was sent before it. */
  #epochsToJudge = 0;
  #usualLoss = 0;
  /** Late since the last reply. */
  #silent = 0;
  /** No reply in this epoch. */
  #isSilent = true;

  constructor(timeoutMs: number, nowMs: number) {
    this.#timeoutMs = timeoutMs;
    this.lateAfterMs = Math.min(timeoutMs, LATE_BEFORE_ANY_REPLY_MS);
    this.#epochStartMs = nowMs;
  }

  get hasRoom(): boolean {
    if (this.inFlight < this.size) return true;
    this.#wasLimiting = true;
    return false;
  }

  /**
   * `wasLate`: the query had been given up as late, and is not counted in flight any more. `isTelling`: silence would
   * have said something of the resolver, which it does not for a name that has been met with silence before.
   */
  replied(rttMs: number, wasLate: boolean, isTelling: boolean): void {
    if (!wasLate) this.inFlight -= 1;
    if (isTelling) this.#replies += 1;
    if (isTelling && wasLate) this.#slow += 1;
    this.#isSilent = false;
    this.#silent = 0;
    if (this.isDown) this.#rise();
    if (!this.#hasRtt) {
      this.#hasRtt = true;
      this.#smoothedMs = rttMs;
      this.#deviationMs = rttMs / 2;
      return;
    }
    // RFC 6298, 2.3.
    const error = rttMs - this.#smoothedMs;
    this.#smoothedMs += error / 8;
    this.#deviationMs += (Math.abs(error) - this.#deviationMs) / 4;
  }

  becameLate(isTelling: boolean): void {
    this.inFlight -= 1;
    if (!isTelling) return;
    this.#late += 1;
    this.#silent += 1;
  }

  /** Dropped without a verdict on the resolver: cancelled, or failed on this side. */
  dropped(wasLate: boolean): void {
    if (!wasLate) this.inFlight -= 1;
  }

  /** To be called every few milliseconds; adapts once an epoch has passed. */
  adapt(nowMs: number): void {
    if (this.#hasRtt) {
      const usualMs = this.#smoothedMs + 4 * this.#deviationMs;
      this.lateAfterMs = Math.min(this.#timeoutMs, Math.max(MIN_LATE_MS, usualMs));
    }
    // Long enough for what is lost in it to become late.
    const elapsedMs = nowMs - this.#epochStartMs;
    if (elapsedMs < this.lateAfterMs) return;
    if (!this.isDown && this.#isSilent && this.#silent >= DOWN_AFTER) {
      this.isDown = true;
      this.size = 1;
    }
    if (!this.isDown) this.#adaptSize(elapsedMs);
    this.#isSilent = true;
    this.#epochStartMs = nowMs;
    this.#replies = 0;
    this.#late = 0;
    this.#slow = 0;
    this.#wasLimiting = false;
  }

  #adaptSize(elapsedMs: number): void {
    if (this.#descent !== null) {
      this.#descent.slow += this.#slow;
      if (this.#descent.slow > this.#descent.lost / 2) this.#return(this.#descent.size);
    }
    if (this.#epochsToJudge > 0) {
      this.#epochsToJudge -= 1;
      if (this.#epochsToJudge > 0) return;
    }
    this.#seen += this.#replies + this.#late - this.#slow;
    this.#lost += this.#late - this.#slow;
    this.#epochsSeen += 1;
    if (this.#isTold) {
      this.#judge(Math.max(0, this.#lost), this.#seen);
      this.#forgetSeen();
    }
    if (this.#wasLimiting && this.#descent === null) this.#grow(this.#replies / elapsedMs);
  }

  /** Enough has been seen to judge the size by. */
  get #isTold(): boolean {
    if (this.#seen < LEAST_SEEN) return false;
    return (
      this.#descent === null || this.#seen >= LEAST_SEEN_TO_JUDGE || this.#epochsSeen >= MOST_EPOCHS_TO_JUDGE
    );
  }

  #judge(lost: number, seen: number): void {
    const usual = this.#usualLoss;
    const loss = lost / seen;
    const chance = BEYOND_CHANCE * Math.sqrt(Math.max(usual, TOLERATED_LOSS) / seen);
    if (loss > usual * 1.5 + TOLERATED_LOSS + chance) {
      this.#descend(lost, seen);
      return;
    }
    const before = this.#descent;
    if (before !== null) {
      this.#descent = null;
      const all = (before.lost + lost) / (before.seen + seen);
      const deviation = Math.sqrt(all * (1 - all) * (1 / before.seen + 1 / seen));
      if (before.lost / before.seen - loss < BEYOND_CHANCE * deviation) this.#return(before.size);
      return;
    }
    if (loss <= usual * 1.5) this.#usualLoss += (loss - usual) * Math.min(1, seen / USUAL_OVER);
  }

  /** Cuts the window, unless that has been tried as far as makes sense. */
  #descend(lost: number, seen: number): void {
    this.#descent ??= { size: this.size, lost, seen, slow: 0 };
    const before = this.#descent;
    const lossBefore = before.lost / before.seen;
    const loss = lost / seen;
    const least = lossBefore > MUCH_LOSS ? MIN_SIZE : Math.max(MIN_SIZE, before.size / DEPTH);
    if (this.size > least) {
      this.#cut(loss > MUCH_LOSS || this.size < before.size ? DEEP_CUT : CUT);
      return;
    }
    this.#descent = null;
    // A resolver that hardly answers at all is not to be sent more.
    if (loss < lossBefore * UNCHANGED || loss > 0.9) return;
    this.#usualLoss = loss;
    this.#return(before.size);
  }

  /** The cuts have changed nothing: the size was not to blame. */
  #return(size: number): void {
    this.#descent = null;
    this.#epochsToJudge = 0;
    this.#hold = 0;
    this.#lossySize = Number.POSITIVE_INFINITY;
    this.size = size;
    this.#forgetSeen();
  }

  #forgetSeen(): void {
    this.#seen = 0;
    this.#lost = 0;
    this.#epochsSeen = 0;
  }

  #cut(by: number): void {
    this.#lossySize = this.size;
    this.#waryEpochs = 0;
    this.size = Math.max(MIN_SIZE, Math.floor(this.size * by));
    this.#epochsToJudge = 2;
    this.#starting = false;
    this.#grownFrom = null;
    this.#hold = HOLD_EPOCHS;
  }

  #grow(perMs: number): void {
    const before = this.#grownFrom;
    if (before !== null) {
      this.#grownFrom = null;
      const possible = before.perMs * (this.size / before.size - 1);
      if (perMs - before.perMs < possible * WORTHWHILE) {
        this.size = before.size;
        this.#starting = false;
        this.#hold = HOLD_EPOCHS;
        return;
      }
    }
    if (this.#hold > 0) {
      this.#hold -= 1;
      return;
    }
    if (this.size >= MAX_WINDOW) return;
    const next = Math.min(MAX_WINDOW, Math.ceil(this.size * (this.#starting ? 2 : 1.25)));
    if (next >= this.#lossySize) {
      this.#waryEpochs += 1;
      if (this.#waryEpochs < WARY_EPOCHS) return;
      this.#lossySize = Number.POSITIVE_INFINITY;
    }
    this.#grownFrom = { size: this.size, perMs };
    this.size = next;
  }

  #rise(): void {
    this.isDown = false;
    this.size = INITIAL_SIZE;
    this.#starting = true;
    this.#grownFrom = null;
    this.#epochsToJudge = 0;
    this.#descent = null;
    this.#hold = 0;
    this.#forgetSeen();
  }
}
