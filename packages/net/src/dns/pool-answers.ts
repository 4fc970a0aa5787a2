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

const SENSELESS_REPLY =
  'The reply contradicts itself: its records are not for the name that was asked for, or it denies what they say.';
/** A firewall on the way, for one. */
const NO_REPLY_OVER_TCP =
  'The reply over UDP was truncated, or could not be believed, and none came over TCP to the same server.';

/** The answer that a reply gives, with its evidence. */
export function answerOf({ rcode, records, isLoop, isSenseless }: Reply, from: HeardFrom): DnsAnswer {
  const { resolver, attempts, rttMs, transport, isCaseIgnored } = from;
  const answer: DnsAnswer = {
    rcode: isLoop ? 'CNAME_LOOP' : rcodeName(rcode),
    records,
    resolver,
    attempts,
    rttMs: Math.round(rttMs * 10) / 10,
    transport,
  };
  if (isSenseless) return { ...answer, rcode: 'SENSELESS', records: [], problem: SENSELESS_REPLY };
  return isCaseIgnored ? { ...answer, isCaseIgnored } : answer;
}

/** `hasty`: of its attempts, those that went to a resolver that may have been asked too fast. */
export const withHasty = (answer: DnsAnswer, hasty: number): DnsAnswer =>
  hasty === 0 ? answer : { ...answer, hasty };

/** What is left where a server named others instead of answering. */
export function referralOf(answer: DnsAnswer, message: Uint8Array, questionLength: number): DnsAnswer {
  const { referral } = parseReferral(message, questionLength);
  const owner = referral[0]?.owner ?? '';
  const zone = owner === '.' || owner === '' ? 'the root' : owner;
  return {
    ...answer,
    rcode: 'REFERRAL',
    referral,
    problem: `The server does not resolve names: it only refers to the name servers of ${zone}.`,
  };
}

/** What is left where TCP had to decide and did not. */
export const withoutTcp = (attempts: number, resolver: string): DnsAnswer => ({
  ...withoutReply('TIMEOUT', attempts, 'tcp', NO_REPLY_OVER_TCP),
  resolver,
});

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
