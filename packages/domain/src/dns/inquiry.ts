import type { RecordType } from '../persona/dns-persona.ts';
import type { TypedAnswer } from './classify-answers.ts';
import { verdictOf } from './classify-answers.ts';
import type { DnsAnswer, DnsQuestion } from './dns-port.ts';

/** More attempts than any persona allows. A number that needs no object of its own. */
const ANY_NUMBER = 0x3fff_ffff;

/** The order in which types are asked for: what decides liveness first, nothing twice. */
export function inquiryOrder(recordTypes: readonly RecordType[]): readonly RecordType[] {
  const deciding = (['A', 'AAAA'] as const).filter((type) => recordTypes.includes(type));
  return [...new Set<RecordType>([...deciding, ...recordTypes])];
}

/** One domain on its way through its record types; it is itself the question that is to be asked now. */
export class Inquiry implements DnsQuestion {
  readonly ordinal: number;
  readonly name: string;
  answers: readonly TypedAnswer[] = [];
  type: RecordType;
  isDoubtful = false;
  maxAttempts = ANY_NUMBER;
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
    // Most have one or two: an array that is pushed to makes room for seventeen.
    this.answers = this.answers.length === 0 ? [typed] : [...this.answers, typed];
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
