import { WireError } from './wire-error.ts';

const MAX_NAME = 255;

/** Reads an octet that the caller has not checked to be there. */
function octet(message: Uint8Array, at: number, end: number): number {
  if (at >= end) throw new WireError('The message ends within a name.');
  // Within bounds by the line above.
  return message[at] as number;
}

/** The offset behind the name at `offset`, without following what it points to. */
export function skipName(message: Uint8Array, offset: number, end: number): number {
  let at = offset;
  for (;;) {
    const length = octet(message, at, end);
    if (length === 0) return at + 1;
    if (length >= 0xc0) {
      octet(message, at + 1, end);
      return at + 2;
    }
    if (length > 63) throw new WireError('A label has a reserved type.');
    at += length + 1;
    if (at - offset > MAX_NAME) throw new WireError('A name is longer than 255 octets.');
  }
}

/**
 * The target of the pointer at `at`. It must lie before `limit`, the start of the run of labels that holds the pointer:
 * so each step goes strictly backwards, and there are neither loops nor forward pointers (RFC 1035, 4.1.4: "a prior
 * occurrence").
 */
function pointerTarget(message: Uint8Array, at: number, end: number, limit: number): number {
  const target = ((octet(message, at, end) & 0x3f) << 8) | octet(message, at + 1, end);
  if (target >= limit) throw new WireError('A compression pointer does not point backwards.');
  if (target < 12) throw new WireError('A compression pointer points into the header.');
  return target;
}

const HEX_ESCAPED = /^[0-9a-zA-Z_*/-]$/;

/** Octets of labels in presentation format (RFC 1035, 5.1), lower case. */
const LABEL_TEXT: readonly string[] = Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (HEX_ESCAPED.test(character)) return character.toLowerCase();
  return code > 0x20 && code < 0x7f ? `\\${character}` : `\\${String(code).padStart(3, '0')}`;
});

/** The name at `offset` in presentation format, lower case, without the trailing dot; the root is `.`. */
export function readName(message: Uint8Array, offset: number, end: number): string {
  let text = '';
  let at = offset;
  let runStart = offset;
  let total = 1;
  for (;;) {
    const length = octet(message, at, end);
    if (length === 0) return text === '' ? '.' : text;
    if (length >= 0xc0) {
      at = pointerTarget(message, at, end, runStart);
      runStart = at;
      continue;
    }
    if (length > 63) throw new WireError('A label has a reserved type.');
    total += length + 1;
    if (total > MAX_NAME) throw new WireError('A name is longer than 255 octets.');
    if (text !== '') text += '.';
    for (let index = at + 1; index <= at + length; index += 1) {
      text += LABEL_TEXT[octet(message, index, end)] as string;
    }
    at += length + 1;
  }
}

const lower = (code: number): number => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);

/** Whether two names of one message are the same, letter case aside; both are checked as far as they are read. */
export function sameName(message: Uint8Array, first: number, second: number, end: number): boolean {
  let a = first;
  let b = second;
  let aRun = a;
  let bRun = b;
  for (;;) {
    let aLength = octet(message, a, end);
    while (aLength >= 0xc0) {
      a = pointerTarget(message, a, end, aRun);
      aRun = a;
      aLength = octet(message, a, end);
    }
    let bLength = octet(message, b, end);
    while (bLength >= 0xc0) {
      b = pointerTarget(message, b, end, bRun);
      bRun = b;
      bLength = octet(message, b, end);
    }
    if (a === b) return true;
    if (aLength !== bLength) return false;
    if (aLength === 0) return true;
    if (aLength > 63) throw new WireError('A label has a reserved type.');
    for (let index = 1; index <= aLength; index += 1) {
      if (lower(octet(message, a + index, end)) !== lower(octet(message, b + index, end))) return false;
    }
    a += aLength + 1;
    b += bLength + 1;
  }
}
