import { toALabel } from './label.ts';
import { decodePunycode } from './punycode.ts';

const A_LABEL_PREFIX = 'xn--';

/** The U-label of an A-label; null where it is none, or one that its own U-label would not be written as. */
function toULabel(label: string): string | null {
  const unicode = decodePunycode(label.slice(A_LABEL_PREFIX.length));
  // What browsers map to something else, characters that cannot be seen among it, is not shown as what it seems.
  return unicode !== null && toALabel(unicode) === label ? unicode : null;
}

/**
 * A name as people read it, `münchen.de` of `xn--mnchen-3ya.de`: null where no label of it is an A-label. Names that look
 * alike differ in their A-labels only, so who shows this shows those too.
 */
export function unicodeNameOf(name: string): string | null {
  if (!name.includes(A_LABEL_PREFIX)) return null;
  const labels = name
    .split('.')
    .map((label) => (label.startsWith(A_LABEL_PREFIX) ? (toULabel(label) ?? label) : label));
  const unicode = labels.join('.');
  return unicode === name ? null : unicode;
}
