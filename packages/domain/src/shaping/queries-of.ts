import type { DnsAnswer } from '../dns/dns-port.ts';
import type { Transport } from '../persona/resolver-address.ts';

/** Queries that an answer took, as its targets saw them: one more where a truncated reply was asked for over TCP. */
export const queriesOf = ({ attempts, transport }: DnsAnswer, asked: Transport): number =>
  Math.max(1, attempts) + (asked === 'udp' && transport === 'tcp' ? 1 : 0);
