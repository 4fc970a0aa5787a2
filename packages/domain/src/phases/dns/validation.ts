import type { Canary } from '../../dns/canary-watch.ts';
import { type Classification, classifyAnswers } from '../../dns/classify-answers.ts';
import { dnsEvidence } from '../../dns/dns-evidence.ts';
import type { DnsAnswer, DnsSource } from '../../dns/dns-port.ts';
import { Inquiry } from '../../dns/inquiry.ts';
import type { PhaseItems, ResultSink } from '../phase.ts';
import { type Assessment, type Assessor, addEvidence } from './assessor.ts';

/** Retries that any batch may have, however small. */
const LEAST_RETRIES = 200;
/** Packets are being lost when so many in a thousand answers come to a second query or later … */
const RECOVERED_PER_THOUSAND = 10;
/** … and so many of them for each name that stays without any: names whose servers are dead stay silent for good. */
const RECOVERED_PER_SILENT = 10;

interface ValidationOptions {
  readonly items: PhaseItems;
  readonly sink: ResultSink;
  readonly assessor: Assessor;
  /** Retries as a share of the items. */
  readonly retryBudget: number;
  /** 0: none. */
  readonly canariesPerThousand: number;
  readonly onDrained: () => void;
}

/**
 * The questions of one batch, canaries between them, and what became of its domains. Most are judged by their answers
 * alone, at once; the few that need to be looked at closer (`Assessor`) come later.
 */
export class Validation implements DnsSource<Inquiry | Canary> {
  readonly #options: ValidationOptions;
  readonly #goingOn: Inquiry[] = [];
  #taken = 0;
  #retriesLeft: number;
  #closer = 0;
  #onIdle: (() => void) | null = null;
  #fault: { readonly error: unknown } | null = null;
  #finished = 0;
  #answers = 0;
  /** Answers that came to a second query or later, and questions that none came to. */
  #recovered = 0;
  #silent = 0;

  constructor(options: ValidationOptions) {
    this.#options = options;
    this.#retriesLeft = Math.max(LEAST_RETRIES, Math.floor(options.items.length * options.retryBudget));
    if (options.retryBudget === 0) this.#retriesLeft = 0;
  }

  next(): Inquiry | Canary | null {
    const pending = this.#goingOn.pop();
    if (pending !== undefined) return pending;
    const { items, assessor, canariesPerThousand, onDrained } = this.#options;
    const item = items.at(this.#taken);
    if (item === undefined) return null;
    if (canariesPerThousand > 0) {
      const canary = assessor.canaries.due(canariesPerThousand);
      if (canary !== null) return canary;
    }
    this.#taken += 1;
    if (this.#taken === items.length) onDrained();
    const inquiry = new Inquiry(item.ordinal, item.name, assessor.order);
    if (this.#retriesLeft <= 0) inquiry.maxAttempts = 1;
    return inquiry;
  }

  answered(question: Inquiry | Canary, answer: DnsAnswer): void {
    if (!(question instanceof Inquiry)) {
      this.#options.assessor.canaryAnswered(question, answer);
      return;
    }
    this.#answers += 1;
    if (answer.attempts > 1) this.#retriesLeft -= answer.attempts - 1 - (answer.hasty ?? 0);
    if (answer.rcode === 'TIMEOUT' && this.#isWorthAnother(question)) {
      question.unanswered = answer.attempts;
      this.#goingOn.push(question);
      return;
    }
    if (answer.attempts > 1 && answer.rcode !== 'TIMEOUT') this.#recovered += 1;
    if (question.advance(answer)) {
      if (this.#retriesLeft <= 0) question.maxAttempts = 1;
      this.#goingOn.push(question);
      return;
    }
    this.#judge(question);
  }

  /** All domains have a result, be it one that is still to be taken. */
  get isComplete(): boolean {
    return this.#finished === this.#options.items.length;
  }

  /** Resolves when nothing is looked at closer any more. Rejects where that failed by its own fault. */
  async settled(): Promise<void> {
    if (this.#closer > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    if (this.#fault !== null) throw this.#fault.error;
  }

  /**
   * Whether a question that met nothing but silence is asked anew, once: where packets are lost, a few names lose all
   * their queries by chance.
   */
  #isWorthAnother({ unanswered, isDoubtful }: Inquiry): boolean {
    if (isDoubtful || unanswered > 0 || this.#retriesLeft <= 0) return false;
    const losesPackets =
      this.#recovered * 1_000 > this.#answers * RECOVERED_PER_THOUSAND &&
      this.#recovered > this.#silent * RECOVERED_PER_SILENT;
    this.#silent += 1;
    return losesPackets;
  }

  #judge(inquiry: Inquiry): void {
    const classification = classifyAnswers(inquiry.answers);
    const assessment = this.#options.assessor.atOnce(inquiry, classification);
    if (assessment === null) void this.#lookCloser(inquiry, classification);
    else this.#finish(assessment);
  }

  async #lookCloser(inquiry: Inquiry, classification: Classification): Promise<void> {
    this.#closer += 1;
    try {
      this.#finish(await this.#options.assessor.closer(inquiry, classification));
    } catch (error) {
      // An abort ends the batch: what has no result is done again. Anything else is a fault.
      if (!this.#options.assessor.signal.aborted) this.#fault ??= { error };
    } finally {
      this.#closer -= 1;
      if (this.#closer === 0) this.#onIdle?.();
    }
  }

  #finish(assessment: Assessment): void {
    const { inquiry, verdict, isAvailable } = assessment;
    const isCut = inquiry.maxAttempts === 1 && this.#options.assessor.noteCut(verdict);
    const evidence = dnsEvidence(assessment.classification, inquiry.answers);
    addEvidence(evidence, assessment);
    if (isCut) evidence.retriesCut = true;
    this.#finished += 1;
    this.#options.sink.add({ ordinal: inquiry.ordinal, verdict, code: null, isAvailable, evidence });
  }
}
