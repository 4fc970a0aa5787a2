/** What can be read from the first bytes of a TLS connection. */
export type ClientHello =
  | { state: 'partial' }
  | { state: 'other' }
  | { state: 'hello'; serverName: string | null };

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const EXTENSION_SERVER_NAME = 0;

/** Reads the server name (SNI, RFC 6066, section 3) from a ClientHello that fits in one TLS record (RFC 8446, 4.1.2). */
export function readClientHello(bytes: Uint8Array): ClientHello {
  if (bytes.length > 0 && bytes[0] !== HANDSHAKE) return { state: 'other' };
  if (bytes.length < 5) return { state: 'partial' };
  const end = 5 + read16(bytes, 3);
  if (bytes.length < end) return { state: 'partial' };
  if (bytes[5] !== CLIENT_HELLO) return { state: 'other' };
  // Type (1), length (3), version (2) and random (32) lie before the session id.
  let at = 5 + 38;
  at += 1 + (bytes[at] ?? 0);
  at += 2 + read16(bytes, at);
  at += 1 + (bytes[at] ?? 0);
  const extensionsEnd = Math.min(end, at + 2 + read16(bytes, at));
  at += 2;
  while (at + 4 <= extensionsEnd) {
    const type = read16(bytes, at);
    const size = read16(bytes, at + 2);
    at += 4;
    if (type === EXTENSION_SERVER_NAME && size >= 5) {
      // List length (2), type (1), then the length of the one host name.
      const nameLength = read16(bytes, at + 3);
      const name = Buffer.from(bytes.subarray(at + 5, Math.min(at + 5 + nameLength, extensionsEnd)));
      return { state: 'hello', serverName: name.toString('latin1').toLowerCase() };
    }
    at += size;
  }
  return { state: 'hello', serverName: null };
}

function read16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
