import { toULabel } from './label.ts';

const A_LABEL_PREFIX = 'xn--';

/**
 * A name as people read it, `münchen.de` of `xn--mnchen-3ya.de`: null where no label of it is an A-label. Names that look
 * alike differ in their A-labels only, so who shows this shows those too.
 */
export function unicodeNameOf(name: string): string | null {
  if (!name.includes(A_LABEL_PREFIX)) return null;
  // What browsers map to something else, characters that cannot be seen among it, is not shown as what it seems.
  const labels = name.split('.').map((label) => toULabel(label) ?? label);
  const unicode = labels.join('.');
  return unicode === name ? null : unicode;
}
