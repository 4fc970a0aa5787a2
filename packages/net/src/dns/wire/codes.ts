import type { RecordType } from '@domainflow/domain/persona/dns-persona.ts';

/** Type numbers of the records that can be asked for (IANA DNS parameters). */
export const TYPE_NUMBER: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  CAA: 257,
};

export const CLASS_IN = 1;
export const TYPE_NS = 2;
export const TYPE_CNAME = 5;
export const TYPE_SOA = 6;
export const TYPE_OPT = 41;

const TYPE_NAME = new Map<number, string>(
  Object.entries(TYPE_NUMBER).map(([name, number]) => [number, name]),
);

/** Mnemonic of a type, `TYPE65` in the form of RFC 3597 for those that are not read here. */
export const typeName = (type: number): string => TYPE_NAME.get(type) ?? `TYPE${type}`;

export const NOERROR = 0;
export const FORMERR = 1;
export const SERVFAIL = 2;
export const NXDOMAIN = 3;
export const NOTIMP = 4;
export const REFUSED = 5;
const BADVERS = 16;

/** What servers say to whom EDNS is unknown (RFC 6891, 7), or known in another version (6.1.3). */
export const refusesEdns = (rcode: number): boolean =>
  rcode === FORMERR || rcode === NOTIMP || rcode === BADVERS;

const RCODE_NAMES: readonly string[] = [
  ...['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET'],
  ...['NOTAUTH', 'NOTZONE', 'DSOTYPENI'],
];

/** Mnemonic of an RCODE, extended ones included; `RCODE4000` where it has none here. */
export const rcodeName = (rcode: number): string =>
  RCODE_NAMES[rcode] ?? (rcode === BADVERS ? 'BADVERS' : rcode === 23 ? 'BADCOOKIE' : `RCODE${rcode}`);
