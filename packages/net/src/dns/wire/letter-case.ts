import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(4_096);
let used = pool.length;

function randomOctet(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const octet = pool[used] as number;
  used += 1;
  return octet;
}

const CASE_BIT = 0x20;
const isLetter = (octet: number): boolean => (octet | CASE_BIT) >= 0x61 && (octet | CASE_BIT) <= 0x7a;

/** Gives each letter of the name in [from, to) a random case, which nobody can foresee (draft-vixie-dnsext-dns0x20). */
export function randomizeCase(packet: Uint8Array, from: number, to: number): void {
  let bits = 0;
  let left = 0;
  for (let at = from; at < to; at += 1) {
    const octet = packet[at] as number;
    // Lengths of labels are below 64, so they are no letters.
    if (!isLetter(octet)) continue;
    if (left === 0) {
      bits = randomOctet();
      left = 8;
    }
    packet[at] = (octet & ~CASE_BIT) | ((bits & 1) * CASE_BIT);
    bits >>= 1;
    left -= 1;
  }
}

/** Writes each letter of the name in [from, to) in lower case. */
export function lowerCase(packet: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    const octet = packet[at] as number;
    if (isLetter(octet)) packet[at] = octet | CASE_BIT;
  }
}
