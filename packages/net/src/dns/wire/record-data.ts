import { readName, skipName } from './name.ts';
import { uint16 } from './uint16.ts';
import { WireError } from './wire-error.ts';

const DECIMAL: readonly string[] = Array.from({ length: 256 }, (_, value) => String(value));

const uint32 = (message: Uint8Array, at: number): number =>
  uint16(message, at) * 0x1_0000 + uint16(message, at + 2);

function demand(condition: boolean, what: string): void {
  if (!condition) throw new WireError(`The data of a record is not ${what}.`);
}

function ipv4Text(message: Uint8Array, at: number): string {
  const part = (index: number): string => DECIMAL[message[at + index] as number] as string;
  return `${part(0)}.${part(1)}.${part(2)}.${part(3)}`;
}

/** The text of an IPv6 address in the canonical form of RFC 5952. */
export function ipv6Text(message: Uint8Array, at: number): string {
  let bestStart = -1;
  let bestLength = 1;
  for (let group = 0, start = -1; group < 8; group += 1) {
    if (uint16(message, at + group * 2) !== 0) start = -1;
    else {
      if (start === -1) start = group;
      if (group - start + 1 > bestLength) {
        bestStart = start;
        bestLength = group - start + 1;
      }
    }
  }
  let text = '';
  for (let group = 0; group < 8; group += 1) {
    if (group === bestStart) {
      text += '::';
      group += bestLength - 1;
      continue;
    }
    if (text !== '' && !text.endsWith(':')) text += ':';
    text += uint16(message, at + group * 2).toString(16);
  }
  return text;
}

/** A character string in quotes, other octets than printable ASCII as `\DDD` (RFC 1035, 5.1). */
function quoted(message: Uint8Array, from: number, to: number): string {
  let text = '"';
  for (let at = from; at < to; at += 1) {
    const code = message[at] as number;
    if (code === 0x22 || code === 0x5c) text += `\\${String.fromCharCode(code)}`;
    else if (code < 0x20 || code > 0x7e) text += `\\${String(code).padStart(3, '0')}`;
    else text += String.fromCharCode(code);
  }
  return `${text}"`;
}

function textData(message: Uint8Array, from: number, to: number): string {
  const strings: string[] = [];
  for (let at = from; at < to; ) {
    const length = message[at] as number;
    demand(at + 1 + length <= to, 'a list of character strings');
    strings.push(quoted(message, at + 1, at + 1 + length));
    at += 1 + length;
  }
  demand(strings.length > 0, 'a list of character strings');
  return strings.join(' ');
}

/** A name that must fill the data up to `to`. */
function lastName(message: Uint8Array, from: number, to: number): string {
  demand(skipName(message, from, to) === to, 'a name');
  return readName(message, from, to);
}

function soaData(message: Uint8Array, from: number, to: number): string {
  const mailboxAt = skipName(message, from, to);
  const numbersAt = skipName(message, mailboxAt, to);
  demand(to - numbersAt === 20, 'a SOA');
  const numbers = [0, 4, 8, 12, 16].map((offset) => uint32(message, numbersAt + offset));
  return `${readName(message, from, to)} ${readName(message, mailboxAt, to)} ${numbers.join(' ')}`;
}

function caaData(message: Uint8Array, from: number, to: number): string {
  demand(to - from >= 2, 'a CAA');
  const tagLength = message[from + 1] as number;
  const valueAt = from + 2 + tagLength;
  demand(tagLength > 0 && valueAt <= to, 'a CAA');
  const tag = Buffer.from(message.buffer, message.byteOffset + from + 2, tagLength).toString('latin1');
  demand(/^[0-9A-Za-z-]+$/.test(tag), 'a CAA');
  return `${message[from]} ${tag} ${quoted(message, valueAt, to)}`;
}

function genericData(message: Uint8Array, from: number, to: number): string {
  const hex = Buffer.from(message.buffer, message.byteOffset + from, to - from).toString('hex');
  return `\\# ${to - from}${hex === '' ? '' : ` ${hex}`}`;
}

/**
 * The RDATA in [from, to) in presentation format; types that are not known here as in RFC 3597. The caller has made
 * sure that the range lies within the message. Throws `WireError` where the data is not what the type demands.
 */
export function readRecordData(message: Uint8Array, type: number, from: number, to: number): string {
  switch (type) {
    case 1:
      demand(to - from === 4, 'an IPv4 address');
      return ipv4Text(message, from);
    case 28:
      demand(to - from === 16, 'an IPv6 address');
      return ipv6Text(message, from);
    case 2:
    case 5:
      return lastName(message, from, to);
    case 15:
      demand(to - from > 2, 'a mail exchange');
      return `${uint16(message, from)} ${lastName(message, from + 2, to)}`;
    case 16:
      return textData(message, from, to);
    case 6:
      return soaData(message, from, to);
    case 257:
      return caaData(message, from, to);
    default:
      return genericData(message, from, to);
  }
}
