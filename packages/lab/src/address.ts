import { draw, drawUnit } from './hash.ts';

/** Every A record of the lab lies in 127.53.0.0/16: loopback, so nothing can leave the machine. */
export const LAB_IPV4_PREFIX = '127.53.';

/** The two addresses with which the wildcard TLD answers for every label. No other name has them. */
export const WILDCARD_IPV4: readonly string[] = ['127.53.255.1', '127.53.255.2'];

const SALT_COUNT = 0xa0;
const SALT_HAS_V6 = 0xaf;

/** True for an IPv4 address, in dotted form, that belongs to the lab. */
export function isLabAddress(address: string): boolean {
  return address.startsWith(LAB_IPV4_PREFIX);
}

/** How many A records the name with this hash has: mostly one, sometimes two or three; `many` gives eight. */
export function ipv4Count(hash: number, many: boolean): number {
  if (many) return 8;
  const unit = drawUnit(hash, SALT_COUNT);
  return unit < 0.8 ? 1 : unit < 0.95 ? 2 : 3;
}

/** The low 16 bits of the index-th A record of a name, never those of the wildcard addresses. */
export function ipv4Low(hash: number, index: number): number {
  // Successive addresses of one name differ because 7 and 65,280 (= 255 * 256) have no common factor.
  return (draw(hash, SALT_COUNT + 1) + index * 7) % 0xff00;
}

/** The index-th A record of a name in dotted form. */
export function ipv4Of(hash: number, index: number): string {
  const low = ipv4Low(hash, index);
  return `${LAB_IPV4_PREFIX}${low >> 8}.${low & 0xff}`;
}

/** Four names in ten have an AAAA record too. */
export function hasIpv6(hash: number): boolean {
  return drawUnit(hash, SALT_HAS_V6) < 0.4;
}

/** The low 64 bits of a name's AAAA record as two 32-bit halves; the upper are fd53::. */
export function ipv6Low(hash: number): [number, number] {
  return [draw(hash, SALT_HAS_V6 + 1), draw(hash, SALT_HAS_V6 + 2) | 1];
}

/**
 * The name's AAAA record, within fd53::/16 (unique local, RFC 4193), in the text form of RFC 5952 (only its upper zeros
 * are shortened).
 */
export function ipv6Of(hash: number): string {
  const [high, low] = ipv6Low(hash);
  const groups = [high >>> 16, high & 0xffff, (low >>> 16) & 0xffff, low & 0xffff];
  return `fd53::${groups.map((group) => group.toString(16)).join(':')}`;
}

const BALANCED_FROM = 0xff11;
const BALANCED_COUNT = 6;

/** The low 16 bits of the addresses that a balanced wildcard gives a name: two next to each other out of six. */
export function balancedLows({ hash }: { hash: number }): number[] {
  const first = draw(hash, SALT_COUNT + 2) % BALANCED_COUNT;
  return [BALANCED_FROM + first, BALANCED_FROM + ((first + 1) % BALANCED_COUNT)];
}
