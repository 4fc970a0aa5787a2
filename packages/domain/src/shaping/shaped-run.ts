import type { DnsAnswer, DnsQuestion, DnsResolver, DnsSource } from '../dns/dns-port.ts';
import type { Transport } from '../persona/resolver-address.ts';
import { queriesOf } from './queries-of.ts';
import type { CapTarget, TrafficControl } from './traffic-control.ts';

/** Questions drawn ahead where limits decide the order, so that one that must wait does not hold up the others. */
const DRAWN_AHEAD = 1_000;
/** And where all wait for the same rhythm. */
const DRAWN_FOR_RHYTHM = 4;

interface RunOptions<Question extends DnsQuestion> {
  readonly source: DnsSource<Question>;
  /** Over which questions are sent first. */
  readonly transport: Transport;
  /** Those that take turns. */
  readonly resolvers: readonly DnsResolver[];
  readonly inTurn: (name: string) => number;
  readonly targetsOf: (name: string) => CapTarget[];
  readonly control: TrafficControl;
  readonly signal: AbortSignal;
}

/**
 * Works through a source at the pace of the shaping. Questions wait at the gate; those let through are lined up for the
 * resolver whose turn it is, and runs of that resolver draw them. A run below ends when it finds nothing to draw and has
 * all its answers, so there may be several of them at once, or none.
 */
export class ShapedRun<Question extends DnsQuestion> {
  readonly #options: RunOptions<Question>;
  readonly #mostAhead: number;
  readonly #lines: Question[][];
  readonly #targets = new Map<Question, readonly CapTarget[]>();
  /** What takes questions out of the gate again. */
  readonly #cancels = new Set<() => void>();
  #waiting = 0;
  #linedUp = 0;
  #underWay = 0;
  #runs = 0;
  #isDrawing = false;
  #isFlushing = false;
  #isOver = false;
  readonly #ended = Promise.withResolvers<void>();

  constructor(options: RunOptions<Question>) {
    this.#options = options;
    this.#lines = options.resolvers.map(() => []);
    this.#mostAhead = options.control.hasCaps(['resolver', 'nameServer', 'registrableDomain'])
      ? DRAWN_AHEAD
      : DRAWN_FOR_RHYTHM;
  }

  /** As `DnsResolver.run`. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    if (signal.aborted) return;
    const onAbort = (): void => this.#end();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#draw();
    this.#endIfDone();
    await this.#ended.promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  /** Draws questions and sends them to the gate, as far ahead as is allowed. */
  #draw(): void {
    if (this.#isDrawing || this.#isOver) return;
    this.#isDrawing = true;
    while (this.#waiting + this.#linedUp < this.#mostAhead) {
      const question = this.#options.source.next();
      if (question === null) break;
      this.#enter(question);
    }
    this.#isDrawing = false;
    this.#flushSoon();
  }

  #enter(question: Question): void {
    const { control, targetsOf, inTurn } = this.#options;
    const targets = targetsOf(question.name);
    this.#waiting += 1;
    let cancel: (() => void) | null = null;
    let isLetThrough = false;
    cancel = control.submit(targets, () => {
      isLetThrough = true;
      if (cancel !== null) this.#cancels.delete(cancel);
      this.#waiting -= 1;
      if (this.#isOver) {
        control.leave(targets, 1);
        return;
      }
      this.#targets.set(question, targets);
      this.#lines[inTurn(question.name)]?.push(question);
      this.#linedUp += 1;
      control.sent(question.name, undefined);
      this.#draw();
      this.#flushSoon();
    });
    if (!isLetThrough) this.#cancels.add(cancel);
  }

  /** What is lined up gets a run to draw it, once all that is due now is lined up. */
  #flushSoon(): void {
    if (this.#isFlushing || this.#linedUp === 0) return;
    this.#isFlushing = true;
    void Promise.resolve().then(() => {
      this.#isFlushing = false;
      if (this.#isOver) return;
      for (const [index, line] of this.#lines.entries()) if (line.length > 0) this.#startRun(index);
    });
  }

  #startRun(index: number): void {
    const { resolvers, signal } = this.#options;
    const source: DnsSource<Question> = {
      next: () => this.#next(index),
      answered: (question, answer) => this.#answered(question, answer),
    };
    this.#runs += 1;
    (resolvers[index] as DnsResolver).run(source, signal).then(
      () => {
        this.#runs -= 1;
        this.#draw();
        this.#endIfDone();
      },
      (error: unknown) => this.#end(error),
    );
  }

  #next(index: number): Question | null {
    if (this.#isOver) return null;
    const question = this.#lines[index]?.shift() ?? null;
    if (question === null) return null;
    this.#linedUp -= 1;
    this.#underWay += 1;
    return question;
  }

  #answered(question: Question, answer: DnsAnswer): void {
    this.#underWay -= 1;
    const targets = this.#targets.get(question) ?? [];
    this.#targets.delete(question);
    if (this.#isOver) return;
    // Before its place is left: what follows this answer goes first.
    this.#options.source.answered(question, answer);
    this.#options.control.leave(targets, queriesOf(answer, this.#options.transport));
    this.#draw();
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#waiting + this.#linedUp + this.#underWay + this.#runs === 0) this.#end();
  }

  #end(error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
    for (const targets of this.#targets.values()) this.#options.control.leave(targets, 1);
    this.#targets.clear();
    if (error === undefined) this.#ended.resolve();
    else this.#ended.reject(error);
  }
}
