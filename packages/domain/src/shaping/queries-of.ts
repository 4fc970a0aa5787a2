import type { DnsAnswer } from '../dns/dns-port.ts';

/** Queries that an answer took, as its targets saw them: one more where a truncated reply was asked for over TCP. */
export const queriesOf = ({ attempts, transport }: DnsAnswer): number =>
  Math.max(1, attempts) + (transport === 'tcp' ? 1 : 0);
