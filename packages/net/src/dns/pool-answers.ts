import type { DnsAnswer } from '@domainflow/domain/dns/dns-port.ts';
import type { Transport } from '@domainflow/domain/persona/resolver-address.ts';
import { rcodeName } from './wire/codes.ts';
import { parseReferral } from './wire/parse-referral.ts';
import type { Reply } from './wire/parse-reply.ts';

export interface HeardFrom {
  readonly resolver: string;
  readonly attempts: number;
  readonly rttMs: number;
  readonly transport: Transport;
  readonly isCaseIgnored: boolean;
}

/** The answer that a reply gives, with its evidence. */
export function answerOf({ rcode, records, isLoop }: Reply, from: HeardFrom): DnsAnswer {
  const { resolver, attempts, rttMs, transport, isCaseIgnored } = from;
  const answer: DnsAnswer = {
    rcode: isLoop ? 'CNAME_LOOP' : rcodeName(rcode),
    records,
    resolver,
    attempts,
    rttMs: Math.round(rttMs * 10) / 10,
    transport,
  };
  return isCaseIgnored ? { ...answer, isCaseIgnored } : answer;
}

/** What is left where a server named others instead of answering. */
export function referralOf(answer: DnsAnswer, message: Uint8Array, questionLength: number): DnsAnswer {
  const { referral } = parseReferral(message, questionLength);
  const zone = referral[0]?.owner ?? '';
  return {
    ...answer,
    rcode: 'REFERRAL',
    referral,
    problem: `The server does not resolve names: it only refers to the name servers of ${zone}.`,
  };
}

/** The answer where no reply came, or none could: `problem` says why in words, null where nothing is known. */
export function withoutReply(
  rcode: 'ERROR' | 'TIMEOUT',
  attempts: number,
  transport: Transport,
  problem: string | null,
): DnsAnswer {
  const answer: DnsAnswer = { rcode, records: [], resolver: null, attempts, rttMs: null, transport };
  return problem === null ? answer : { ...answer, problem };
}
