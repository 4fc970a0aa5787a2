/**
 * The hash by which search engines for hosts group icons: MurmurHash3 (x86, 32 bit, seed 0) over the base64 text of the
 * icon in lines of 76 characters, each with a line feed; a signed number.
 */
export function faviconHash(icon: Uint8Array): number {
  let binary = '';
  for (const octet of icon) binary += String.fromCharCode(octet);
  const base64 = btoa(binary).replace(/.{1,76}/g, '$&\n');
  return murmur3(new TextEncoder().encode(base64));
}

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;
const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

function murmur3(octets: Uint8Array): number {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const whole = octets.length - (octets.length % 4);
  let hash = 0;
  for (let at = 0; at < whole; at += 4) {
    const block = Math.imul(rotate(Math.imul(view.getUint32(at, true), C1), 15), C2);
    hash = (Math.imul(rotate(hash ^ block, 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = octets.length - 1; at >= whole; at--) tail = (tail << 8) | (octets[at] as number);
  hash ^= Math.imul(rotate(Math.imul(tail, C1), 15), C2);
  hash ^= octets.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
