/** The few forms of DER (ITU-T X.690) that a certificate is made of. */

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), ...parts]);
}

/** SEQUENCE. */
export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
/** SET. */
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts);
/** BOOLEAN TRUE. */
export const derTrue: Buffer = Buffer.from([0x01, 0x01, 0xff]);
/** OCTET STRING. */
export const octets = (content: Uint8Array): Buffer => tagged(0x04, content);
/** BIT STRING whose last byte has `unused` unused bits. */
export const bits = (content: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), content);
/** UTF8String. */
export const text = (content: string): Buffer => tagged(0x0c, Buffer.from(content, 'utf8'));
/** A context-specific tag around other elements. */
export const explicit = (tag: number, ...parts: readonly Uint8Array[]): Buffer =>
  tagged(0xa0 | tag, ...parts);
/** A context-specific primitive. */
export const implicit = (tag: number, content: Uint8Array): Buffer => tagged(0x80 | tag, content);

/** INTEGER from the bytes of a non-negative number, most significant first. */
export function integer(bytes: Uint8Array): Buffer {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const trimmed = bytes.subarray(from);
  const sign = (trimmed[0] as number) >= 0x80 ? [0] : [];
  return tagged(0x02, Buffer.from(sign), trimmed);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const encoded = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    encoded.push(...groups);
  }
  return tagged(0x06, Buffer.from(encoded));
}

/** GeneralizedTime, to the second; UTCTime where RFC 5280 (section 4.1.2.5) asks for it. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : tagged(0x18, Buffer.from(digits, 'latin1'));
}

/** DER as PEM with the given label. */
export function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
