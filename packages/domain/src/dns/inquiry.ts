import type { RecordType } from '../persona/dns-persona.ts';
import type { TypedAnswer } from './classify-answers.ts';
import { verdictOf } from './classify-answers.ts';
import type { DnsAnswer, DnsQuestion } from './dns-port.ts';

/** The order in which types are asked for: what decides liveness first, nothing twice. */
export function inquiryOrder(recordTypes: readonly RecordType[]): readonly RecordType[] {
  const deciding = (['A', 'AAAA'] as const).filter((type) => recordTypes.includes(type));
  return [...new Set<RecordType>([...deciding, ...recordTypes])];
}

/** One domain on its way through its record types; it is itself the question that is to be asked now. */
export class Inquiry implements DnsQuestion {
  readonly ordinal: number;
  readonly name: string;
  readonly answers: TypedAnswer[] = [];
  type: RecordType;
  isDoubtful = false;
  maxAttempts = Number.MAX_SAFE_INTEGER;
  /** Queries for the current type that nobody answered before it was asked anew. */
  unanswered = 0;
  readonly #order: readonly RecordType[];

  /** `order` must not be empty. */
  constructor(ordinal: number, name: string, order: readonly RecordType[]) {
    const [first] = order;
    if (first === undefined) throw new Error('An inquiry needs a record type.');
    this.ordinal = ordinal;
    this.name = name;
    this.type = first;
    this.#order = order;
  }

  /** Takes the answer to the current question. True: there is another question; false: the inquiry is complete. */
  advance(last: DnsAnswer): boolean {
    const answer = this.unanswered === 0 ? last : { ...last, attempts: last.attempts + this.unanswered };
    this.unanswered = 0;
    const typed = { type: this.type, answer };
    this.answers.push(typed);
    // A name that does not exist has no records of any type; a name that cannot be asked has no better second try.
    if (this.answers.length === 1 && verdictOf(typed) === 'NXDOMAIN') return false;
    if (answer.attempts === 0) return false;
    const next = this.#order[this.answers.length];
    if (next === undefined) return false;
    this.type = next;
    if (answer.rcode === 'TIMEOUT') this.isDoubtful = true;
    return true;
  }
}
