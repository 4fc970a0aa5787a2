import { MAX_LABEL_OCTETS } from '../../domain-name/label.ts';
import type { LabelReason } from '../../domain-name/reasons.ts';
import { mapToUnicode } from '../normal-parts.ts';

export type WordLine =
  | { readonly kind: 'word'; readonly word: string }
  /** Nothing, white space, or a comment. */
  | { readonly kind: 'blank' }
  | { readonly kind: 'bad'; readonly reason: LabelReason };

const BLANK: WordLine = { kind: 'blank' };

/**
 * Reads one line of a list of words: lower-cased and mapped as UTS 46 maps, in Unicode form, without a byte order mark
 * and white space at its ends. A line that begins with `#` is a comment. Whoever collects words keeps the first of equal ones.
 */
export function readWord(line: string): WordLine {
  const text = line.replace(/^\ufeff/, '').trim();
  if (text === '' || text.startsWith('#')) return BLANK;
  if (text.length > 4 * MAX_LABEL_OCTETS) return { kind: 'bad', reason: 'LABEL_TOO_LONG' };
  const word = mapToUnicode(text.normalize('NFC'));
  if (word === null) return { kind: 'bad', reason: /[^\0-\x7f]/.test(text) ? 'BAD_IDN' : badAscii(text) };
  return [...word].length > MAX_LABEL_OCTETS
    ? { kind: 'bad', reason: 'LABEL_TOO_LONG' }
    : { kind: 'word', word };
}

const badAscii = (text: string): LabelReason =>
  /^xn--[a-z0-9-]*$/i.test(text) ? 'BAD_IDN' : 'BAD_CHARACTER';
