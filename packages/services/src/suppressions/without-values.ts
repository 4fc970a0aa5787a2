import { escapeExpression } from '../escape-expression.ts';

/** The value with these texts replaced wherever they stand in it: reasons, contexts and evidence quote pages. */
export function withoutValues<T>(node: T, hidden: readonly string[]): T {
  if (hidden.length === 0) return node;
  const texts = hidden.map((value) => new RegExp(escapeExpression(value), 'gi'));
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string')
      return texts.reduce((text, value) => text.replaceAll(value, '[suppressed]'), part);
    if (Array.isArray(part)) return part.map(clean);
    if (part === null || typeof part !== 'object' || part instanceof Date) return part;
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [key, clean(child)]));
  };
  // Texts stay texts, and everything else stays what it is.
  return clean(node) as T;
}
