import { toALabel, toULabel } from '@domainflow/domain/domain-name/label.ts';
import type { ParsedLine } from '../uploads/name-intake.ts';
import { MAX_WORD_LENGTH } from './limits.ts';

const rejected = (reason: string): ParsedLine => ({ ok: false, reason });

/**
 * A word as it stands in labels: trimmed, lower case, mapped as UTS 46 maps it, in Unicode. Hyphens may stand anywhere:
 * whether a name may be made with it is known when the name is.
 */
export function parseWord(line: string): ParsedLine {
  const text = line.trim().normalize('NFC').toLowerCase();
  if (text === '') return rejected('EMPTY');
  // Cut before the mapping, whose cost grows with the text.
  if (text.length > 4 * MAX_WORD_LENGTH) return rejected('WORD_TOO_LONG');
  const mapped = mapWord(text);
  if (mapped === null)
    return rejected(/^[\0-\x7f]*$/.test(text) && !text.startsWith('xn--') ? 'BAD_CHARACTER' : 'BAD_IDN');
  return [...mapped].length > MAX_WORD_LENGTH ? rejected('WORD_TOO_LONG') : { ok: true, name: mapped };
}

function mapWord(text: string): string | null {
  if (/^[a-z0-9-]+$/.test(text)) return text.startsWith('xn--') ? toULabel(text) : text;
  // ASCII characters that no label has must not reach the URL parser that maps the others.
  if (/[\0-\x2c\x2e\x2f\x3a-\x60\x7b-\x7f]/.test(text)) return null;
  const ascii = toALabel(text);
  if (ascii === null || !/^[a-z0-9-]+$/.test(ascii)) return null;
  return ascii.startsWith('xn--') ? toULabel(ascii) : ascii;
}
