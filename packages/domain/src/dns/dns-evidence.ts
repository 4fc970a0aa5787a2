import type { Transport } from '../persona/resolver-address.ts';
import type { Classification, TypedAnswer } from './classify-answers.ts';
import type { DnsRecord } from './dns-port.ts';
import type { DnsVerdict } from './verdicts.ts';
import type { ZoneProbe } from './wildcard-zones.ts';

/** What is kept with a verdict. It is stored once per domain, so what is empty is left out. */
export interface DnsEvidence {
  readonly resolver: string | null;
  readonly rcode: string;
  /** Queries in all, over all types. */
  readonly attempts: number;
  readonly rttMs: number | null;
  readonly transport: Transport;
  /** Why the resolver could not be asked, where that is known. */
  readonly problem?: string;
  /** The resolver does not keep the case of letters: it was asked without the protection of random case. */
  readonly isCaseIgnored?: true;
  readonly addresses?: readonly string[];
  readonly records?: readonly DnsRecord[];
  /** Records beyond the limit that were not kept. */
  readonly recordsDropped?: number;
  /** RCODE for each type, where they differ. */
  readonly byType?: Readonly<Record<string, string>>;
  /** What random names of the zone above were answered with. */
  readonly wildcard?: WildcardEvidence;
  /** Where the word on the registration comes from, where it is not the answer itself. */
  readonly registration?: Readonly<Record<string, unknown>>;
  /** What the second opinion was, and what it was asked about. */
  readonly recheck?: RecheckEvidence;
  /** The run's budget for retries was used up: it was asked once. */
  readonly retriesCut?: true;
}

/** While there is more to be said. */
export type EvidenceBeingMade = { -readonly [Key in keyof DnsEvidence]: DnsEvidence[Key] } & Record<
  string,
  unknown
>;

export interface WildcardEvidence {
  readonly zone: string;
  readonly isWildcard: boolean | null;
  /** Answers of random names; left out where the first one does not exist. */
  readonly probes?: readonly ZoneProbe[];
  readonly isRotating?: true;
}

export interface RecheckEvidence {
  readonly resolver: string | null;
  readonly verdict: DnsVerdict;
  /** The first opinion, where the second one differs from it. */
  readonly instead?: {
    readonly resolver: string | null;
    readonly verdict: DnsVerdict;
    readonly rcode: string;
  };
  /** Why a second opinion was asked for. */
  readonly because: 'trusted' | 'unreliable';
}

/** Records kept for one domain, and the characters kept of each. */
const MAX_RECORDS = 40;
const MAX_DATA_LENGTH = 512;

const shorten = (record: DnsRecord): DnsRecord =>
  record.data.length <= MAX_DATA_LENGTH
    ? record
    : { ...record, data: `${record.data.slice(0, MAX_DATA_LENGTH)}…` };

function distinctRecords(answers: readonly TypedAnswer[]): DnsRecord[] {
  const records: DnsRecord[] = [];
  for (const { answer } of answers) {
    for (const record of answer.records) {
      // A and AAAA repeat the same CNAME chain.
      const known = records.some(({ type, data }) => type === record.type && data === record.data);
      if (!known) records.push(record);
    }
  }
  return records;
}

/** The evidence for a verdict: the answer that decided it, and what all answers held. */
export function dnsEvidence(
  { decidedBy }: Classification,
  answers: readonly TypedAnswer[],
): EvidenceBeingMade {
  const { resolver, rcode, rttMs, transport, problem, isCaseIgnored } = decidedBy.answer;
  let attempts = 0;
  let isMixed = false;
  for (const { answer } of answers) {
    attempts += answer.attempts;
    isMixed ||= answer.rcode !== rcode;
  }
  const evidence: EvidenceBeingMade = {
    resolver,
    rcode,
    attempts,
    rttMs,
    transport,
  };
  if (problem !== undefined) evidence.problem = problem;
  if (isCaseIgnored !== undefined) evidence.isCaseIgnored = isCaseIgnored;
  const all = distinctRecords(answers);
  if (all.length > 0) {
    const kept = all.slice(0, MAX_RECORDS);
    const addresses = kept.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
    if (addresses.length > 0) evidence.addresses = addresses;
    evidence.records = kept.map(shorten);
    if (all.length > kept.length) evidence.recordsDropped = all.length - kept.length;
  }
  if (isMixed) {
    evidence.byType = Object.fromEntries(answers.map(({ type, answer }) => [type, answer.rcode]));
  }
  return evidence;
}

/** The addresses in the evidence of a DNS verdict; none where it has no evidence or no address. */
export function addressesIn(evidence: Readonly<Record<string, unknown>> | null): readonly string[] {
  const addresses = evidence?.['addresses'];
  return Array.isArray(addresses) ? addresses.filter((address) => typeof address === 'string') : [];
}
