import { type Classification, classifyAnswers } from '../../dns/classify-answers.ts';
import type { RecheckEvidence } from '../../dns/dns-evidence.ts';
import type { DnsAnswer, DnsResolver } from '../../dns/dns-port.ts';
import { Inquiry } from '../../dns/inquiry.ts';
import type { DnsVerdict } from '../../dns/verdicts.ts';
import type { RecordType } from '../../persona/dns-persona.ts';

export interface Opinion {
  readonly classification: Classification;
  readonly inquiry: Inquiry;
  readonly recheck: RecheckEvidence;
}

const isDecided = (verdict: DnsVerdict): boolean =>
  verdict === 'OK' || verdict === 'NXDOMAIN' || verdict === 'NOANSWER';

/** The addresses in an inquiry's answers. */
const addressesIn = ({ answers }: Inquiry): string[] =>
  answers.flatMap(({ type, answer }) =>
    type === 'A' || type === 'AAAA'
      ? answer.records.filter((record) => record.type === type).map(({ data }) => data)
      : [],
  );

function shareAnAddress(one: Inquiry, other: Inquiry): boolean {
  const known = new Set(addressesIn(one));
  return addressesIn(other).some((address) => known.has(address));
}

/**
 * Asks again for `types`, through `ask`, and decides between the two: where the second opinion is a decided one it holds,
 * otherwise the first, unless that one is in doubt. Where both find the name, the addresses are those of the second, but
 * for one that they share. Rejects as `ask` does.
 */
async function weigh(
  first: Inquiry,
  before: Classification,
  types: readonly RecordType[],
  { because, isDoubted }: { because: RecheckEvidence['because']; isDoubted: boolean },
  ask: (name: string, type: RecordType) => Promise<DnsAnswer>,
): Promise<Opinion> {
  const again = new Inquiry(first.ordinal, first.name, types);
  let isSame = false;
  for (;;) {
    const answer = await ask(again.name, again.type);
    const isMore = again.advance(answer);
    // One address in common is enough to say the same as the first opinion.
    isSame =
      !isDoubted &&
      before.verdict === 'OK' &&
      classifyAnswers(again.answers).verdict === 'OK' &&
      shareAnAddress(first, again);
    if (isSame || !isMore) break;
  }
  const after = classifyAnswers(again.answers);
  const { resolver, rcode } = before.decidedBy.answer;
  const recheck = { resolver: after.decidedBy.answer.resolver, verdict: after.verdict, because };
  const isAlike = after.verdict === before.verdict;
  // Better undecided than on the word of a resolver that is in doubt.
  if (isSame || (!isDoubted && (!isDecided(after.verdict) || (isAlike && after.verdict !== 'OK'))))
    return { classification: before, inquiry: first, recheck };
  again.answers = [...again.answers, ...first.answers.filter(({ type }) => !types.includes(type))];
  const opinion = { classification: after, inquiry: again };
  if (isAlike) return { ...opinion, recheck };
  return { ...opinion, recheck: { ...recheck, instead: { resolver, verdict: before.verdict, rcode } } };
}

/** The opinion of the trusted resolvers. `isDoubted`: the first one comes from a resolver that is in doubt. */
export function askTrusted(
  inquiry: Inquiry,
  classification: Classification,
  types: readonly RecordType[],
  trusted: DnsResolver,
  isDoubted: boolean,
  signal: AbortSignal,
): Promise<Opinion> {
  return weigh(inquiry, classification, types, { because: 'trusted', isDoubted }, (name, type) =>
    trusted.query(name, type, signal),
  );
}

/** Times that a question is asked in turn until a resolver answers that is not in doubt. */
const TRIES_FOR_ANOTHER = 12;

/** Ways to a resolver that is not in doubt. */
export interface OtherResolvers {
  /** Where each gets its turn, within the limits that hold for all questions: asked first. Null: not so. */
  readonly inTurn: DnsResolver | null;
  /** Without those in doubt. */
  readonly others: DnsResolver;
}

/** The opinion of a resolver that is not in doubt; null where only others answer. */
export async function askHonest(
  inquiry: Inquiry,
  classification: Classification,
  types: readonly RecordType[],
  { inTurn, others }: OtherResolvers,
  isInDoubt: (resolver: string | null) => boolean,
  signal: AbortSignal,
): Promise<Opinion | null> {
  let isAlone = false;
  const opinion = await weigh(
    inquiry,
    classification,
    types,
    { because: 'unreliable', isDoubted: true },
    async (name, type) => {
      for (let tries = 0; inTurn !== null && tries < TRIES_FOR_ANOTHER; tries += 1) {
        const answer = await inTurn.query(name, type, signal);
        if (!isInDoubt(answer.resolver)) return answer;
      }
      const answer = await others.query(name, type, signal);
      isAlone ||= isInDoubt(answer.resolver);
      return answer;
    },
  );
  return isAlone ? null : opinion;
}
