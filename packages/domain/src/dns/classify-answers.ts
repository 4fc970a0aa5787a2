import type { RecordType } from '../persona/dns-persona.ts';
import type { DnsAnswer } from './dns-port.ts';
import type { DnsVerdict } from './verdicts.ts';

/** An answer with the type that was asked for. */
export interface TypedAnswer {
  readonly type: RecordType;
  readonly answer: DnsAnswer;
}

export interface Classification {
  readonly verdict: DnsVerdict;
  /** The answer that the verdict rests on. */
  readonly decidedBy: TypedAnswer;
}

/** The verdict that one answer alone supports. */
export function verdictOf({ type, answer }: TypedAnswer): DnsVerdict {
  switch (answer.rcode) {
    case 'NOERROR':
      return answer.records.some((record) => record.type === type) ? 'OK' : 'NOANSWER';
    case 'NXDOMAIN':
      // With a CNAME the code speaks of the chain's end (RFC 6604): the name that was asked for does exist.
      return answer.records.length > 0 ? 'NOANSWER' : 'NXDOMAIN';
    // Whoever follows aliases in a circle, or gets no sense out of a reply, comes to no answer, as with a failing server.
    case 'CNAME_LOOP':
    case 'SENSELESS':
      return 'SERVFAIL';
    // It was asked to resolve, and would not.
    case 'REFERRAL':
      return 'REFUSED';
    case 'SERVFAIL':
    case 'REFUSED':
    case 'TIMEOUT':
      return answer.rcode;
    default:
      return 'ERROR';
  }
}

/** Which of several answers without an address decides: the one that says most. */
const UNCERTAIN: readonly DnsVerdict[] = ['SERVFAIL', 'REFUSED', 'TIMEOUT', 'ERROR'];

/**
 * The verdict for a domain from its answers for A and AAAA (others are evidence and decide nothing). An address wins
 * over everything; NXDOMAIN speaks for all types (RFC 8020); one type without an address and another without an
 * answer leave the domain undecided. Throws where neither A nor AAAA was asked for.
 */
export function classifyAnswers(answers: readonly TypedAnswer[]): Classification {
  let noAnswer: TypedAnswer | null = null;
  let absent: TypedAnswer | null = null;
  let uncertain: Classification | null = null;
  for (const typed of answers) {
    if (typed.type !== 'A' && typed.type !== 'AAAA') continue;
    const verdict = verdictOf(typed);
    if (verdict === 'OK') return { verdict, decidedBy: typed };
    if (verdict === 'NOANSWER') noAnswer ??= typed;
    else if (verdict === 'NXDOMAIN') absent ??= typed;
    else if (uncertain === null || UNCERTAIN.indexOf(verdict) < UNCERTAIN.indexOf(uncertain.verdict)) {
      uncertain = { verdict, decidedBy: typed };
    }
  }
  // "No such name" beside "no such type": the second resolver knew the name.
  if (absent !== null && noAnswer === null) return { verdict: 'NXDOMAIN', decidedBy: absent };
  if (uncertain !== null) return uncertain;
  if (noAnswer !== null) return { verdict: 'NOANSWER', decidedBy: noAnswer };
  throw new Error('A domain cannot be classified without an answer for A or AAAA.');
}
