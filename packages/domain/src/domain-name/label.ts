import { decodePunycode, encodePunycode } from './punycode.ts';
import type { LabelReason } from './reasons.ts';

/** Octets of a label (RFC 1035, section 2.3.4). */
export const MAX_LABEL_OCTETS = 63;
/** Characters of a name in presentation format without the trailing dot (255 octets on the wire). */
export const MAX_NAME_LENGTH = 253;

const HYPHEN = 0x2d;
const A_LABEL_PREFIX = 'xn--';

/** True for lower-case letters, digits and the hyphen. */
const isLowerLdh = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === HYPHEN;

/** The rules on hyphens, which hold for the Unicode form of an A-label too (RFC 5891, section 4.2.3.1). */
export function hyphenProblem(label: string): 'HYPHEN_EDGE' | 'HYPHEN_34' | null {
  if (label.charCodeAt(0) === HYPHEN || label.charCodeAt(label.length - 1) === HYPHEN) return 'HYPHEN_EDGE';
  if (label.charCodeAt(2) === HYPHEN && label.charCodeAt(3) === HYPHEN) return 'HYPHEN_34';
  return null;
}

/** The same for a label with characters beyond ASCII, where a place is a code point. */
export const unicodeHyphenProblem = (label: string): ReturnType<typeof hyphenProblem> =>
  hyphenProblem(label.replace(/[\u{10000}-\u{10ffff}]/gu, 'x'));

/**
 * Labels that UTS 46 leaves as they are once they are in NFC: small letters without marks of their own in scripts written
 * from left to right. (No character fits both alternatives, so that a label is read once.) Most labels are such, and the URL parser takes longer for them than the rest of their making.
 */
const SETTLED =
  /^(?=.*[^\0-\x7f])(?:[a-z0-9-]|(?=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])(?![a-z]|\p{CWKCF})\p{Ll})+$/u;

/**
 * The A-label of a label with characters beyond ASCII, mapped by UTS 46 as browsers do; null where it has none. The
 * URL parser of the runtime does the work, the same on Node, Deno, workers and browsers. `label` holds no ASCII
 * characters but letters, digits and hyphens.
 */
export function toALabel(label: string): string | null {
  if (SETTLED.test(label) && label.normalize('NFC') === label) return A_LABEL_PREFIX + encodePunycode(label);
  // Composed first: not every runtime's parser composes Hangul as NFC asks.
  const url = URL.parse(`http://${label.normalize('NFC')}.x`);
  if (url === null || !url.hostname.endsWith('.x')) return null;
  const ascii = url.hostname.slice(0, -2);
  return ascii.includes('.') ? null : ascii;
}

/** The Unicode form of a valid A-label; null where `label` is not one, or not in its canonical form. */
export function toULabel(label: string): string | null {
  if (!label.startsWith(A_LABEL_PREFIX)) return null;
  const unicode = decodePunycode(label.slice(A_LABEL_PREFIX.length));
  // The runtime's parser lets names that are ASCII already pass unseen, so the way back has to give the same label.
  return unicode !== null && toALabel(unicode) === label ? unicode : null;
}

/** What is wrong with a lower-case label in ASCII (LDH, or an A-label); null where nothing is. */
export function labelProblem(label: string): LabelReason | null {
  if (label.length === 0) return 'EMPTY_LABEL';
  for (let at = 0; at < label.length; at++) {
    if (!isLowerLdh(label.charCodeAt(at))) return 'BAD_CHARACTER';
  }
  if (label.length > MAX_LABEL_OCTETS) return 'LABEL_TOO_LONG';
  if (label.startsWith(A_LABEL_PREFIX)) {
    const unicode = toULabel(label);
    return unicode === null ? 'BAD_IDN' : unicodeHyphenProblem(unicode);
  }
  return hyphenProblem(label);
}
