import { CLASS_IN, TYPE_OPT } from './codes.ts';
import { WireError } from './wire-error.ts';

export const HEADER_LENGTH = 12;
/** An empty OPT record: root name, type, UDP size, extended RCODE and flags, no data (RFC 6891, 6.1.2). */
export const OPT_LENGTH = 11;
/** Longest query that is written: header, name, type and class, OPT. */
export const MAX_QUERY_LENGTH = HEADER_LENGTH + 255 + 4 + OPT_LENGTH;

const DOT = 0x2e;
const MAX_LABEL = 63;
const MAX_NAME = 255;

/**
 * Writes a name in wire format at `offset` and gives the offset behind it. A trailing dot is allowed, escapes are
 * not: each character is an octet. Throws `WireError` for a name that DNS cannot carry (RFC 1035, 2.3.4).
 */
export function writeName(target: Uint8Array, offset: number, name: string): number {
  let lengthAt = offset;
  let at = offset + 1;
  const end = name.charCodeAt(name.length - 1) === DOT ? name.length - 1 : name.length;
  if (end === 0 && name.length === 0) throw new WireError('The name is empty.');
  if (end > MAX_NAME - 2) throw new WireError('The name is longer than 255 octets.');
  for (let index = 0; index < end; index += 1) {
    const code = name.charCodeAt(index);
    if (code === DOT) {
      const labelLength = at - lengthAt - 1;
      if (labelLength === 0) throw new WireError('The name has an empty label.');
      if (labelLength > MAX_LABEL) throw new WireError('A label is longer than 63 octets.');
      target[lengthAt] = labelLength;
      lengthAt = at;
      at += 1;
    } else {
      if (code > 0x7f) throw new WireError('The name is not ASCII: IDNs are asked for as A-labels.');
      target[at] = code;
      at += 1;
    }
  }
  if (end === 0) {
    target[offset] = 0;
    return offset + 1;
  }
  const labelLength = at - lengthAt - 1;
  if (labelLength === 0) throw new WireError('The name has an empty label.');
  if (labelLength > MAX_LABEL) throw new WireError('A label is longer than 63 octets.');
  target[lengthAt] = labelLength;
  target[at] = 0;
  return at + 1;
}

export interface QueryForm {
  /** Largest UDP reply that is asked for by EDNS(0); 0 writes no OPT record. */
  readonly ednsBufferBytes: number;
  readonly recursionDesired: boolean;
}

/**
 * Writes a query at `offset` and gives its length, at most `MAX_QUERY_LENGTH`. The id is left for the sender: `writeId`.
 * Throws `WireError` for a name that cannot be asked for.
 */
export function writeQuery(
  target: Uint8Array,
  offset: number,
  name: string,
  type: number,
  { ednsBufferBytes, recursionDesired }: QueryForm,
): number {
  // One question, at most one additional record.
  target[offset + 2] = recursionDesired ? 0x01 : 0;
  target[offset + 3] = 0;
  target[offset + 4] = 0;
  target[offset + 5] = 1;
  target.fill(0, offset + 6, offset + 11);
  target[offset + 11] = ednsBufferBytes === 0 ? 0 : 1;
  let at = writeName(target, offset + HEADER_LENGTH, name);
  target[at] = type >> 8;
  target[at + 1] = type & 0xff;
  target[at + 2] = 0;
  target[at + 3] = CLASS_IN;
  at += 4;
  if (ednsBufferBytes === 0) return at - offset;
  target[at] = 0;
  target[at + 1] = 0;
  target[at + 2] = TYPE_OPT;
  target[at + 3] = ednsBufferBytes >> 8;
  target[at + 4] = ednsBufferBytes & 0xff;
  target.fill(0, at + 5, at + OPT_LENGTH);
  return at + OPT_LENGTH - offset;
}

export function writeId(target: Uint8Array, offset: number, id: number): void {
  target[offset] = id >> 8;
  target[offset + 1] = id & 0xff;
}

/** Takes the OPT record off a query written by `writeQuery`, for servers that do not know it; gives the new length. */
export function dropEdns(target: Uint8Array, offset: number, length: number): number {
  if (target[offset + 11] === 0) return length;
  target[offset + 11] = 0;
  return length - OPT_LENGTH;
}
