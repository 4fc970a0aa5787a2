import type { DnsRecord } from '@domainflow/domain/dns/dns-port.ts';
import { rcodeName, TYPE_OPT } from '../dns/wire/codes.ts';
import { HEADER_LENGTH } from '../dns/wire/encode-query.ts';
import { skipName } from '../dns/wire/name.ts';
import { parseReply, questionMatches } from '../dns/wire/parse-reply.ts';
import type { ProbeQuery } from './probe-query.ts';

/** What the test of a resolver reads in a reply. */
export interface ProbeReply {
  readonly rcode: string;
  readonly truncated: boolean;
  readonly addresses: readonly string[];
  /** It holds an OPT record: the server knows EDNS. */
  readonly knowsEdns: boolean;
  /** The question came back letter by letter. */
  readonly keepsCase: boolean;
}

/** Whether a message answers the query: same id, and the same question, letter case aside. */
export const answers = (message: Uint8Array, { octets, questionLength }: ProbeQuery): boolean =>
  message[0] === octets[0] && message[1] === octets[1] && questionMatches(message, octets, 0, questionLength);

/** Reads a reply that `answers` its query. Throws `WireError` where it is malformed. */
export function readProbeReply(message: Uint8Array, { octets, questionLength }: ProbeQuery): ProbeReply {
  const { rcode, truncated, records } = parseReply(message, questionLength);
  const end = HEADER_LENGTH + questionLength;
  return {
    rcode: rcodeName(rcode),
    truncated,
    addresses: records.filter(isAddress).map(({ data }) => data),
    knowsEdns: !truncated && hasOpt(message, end),
    keepsCase: octets
      .subarray(HEADER_LENGTH, end)
      .every((octet, index) => message[HEADER_LENGTH + index] === octet),
  };
}

const isAddress = ({ type }: DnsRecord): boolean => type === 'A';

/** `parseReply` has walked the same records without complaint. */
function hasOpt(message: Uint8Array, recordsAt: number): boolean {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = recordsAt;
  for (let left = view.getUint16(6) + view.getUint16(8) + view.getUint16(10); left > 0; left -= 1) {
    at = skipName(message, at, message.length);
    if (view.getUint16(at) === TYPE_OPT) return true;
    at += 10 + view.getUint16(at + 8);
  }
  return false;
}
