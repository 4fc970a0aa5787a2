/**
 * COPY's text format (PostgreSQL manual, COPY, "Text Format"): tab between columns, newline after rows, backslash as
 * escape, `\N` for null.
 */

// Tests the rare case first: most names, verdicts and JSON hold none of these.
const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

export const copyText = (text: string): string =>
  SPECIAL.test(text) ? text.replace(SPECIALS, (character) => ESCAPES[character] ?? character) : text;

export const copyNullable = (value: string | number | null): string =>
  value === null ? '\\N' : typeof value === 'number' ? String(value) : copyText(value);

export const copyBoolean = (value: boolean | null | undefined): string =>
  value === true ? 't' : value === false ? 'f' : '\\N';

// PostgreSQL's jsonb holds neither U+0000 nor lone surrogates; JSON.stringify writes both as escapes.
const REFUSED_BY_JSONB = /\\u(?:0000|d[89a-f])/i;

/** JSON that jsonb accepts: U+0000 is dropped and lone surrogates become U+FFFD, as pages of others may hold either. */
export function jsonbText(value: unknown): string {
  const json = JSON.stringify(value);
  if (!REFUSED_BY_JSONB.test(json)) return json;
  const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();
  const cleaned = (node: unknown): unknown => {
    if (typeof node === 'string') return clean(node);
    if (Array.isArray(node)) return node.map(cleaned);
    if (node !== null && typeof node === 'object')
      return Object.fromEntries(Object.entries(node).map(([key, child]) => [clean(key), cleaned(child)]));
    return node;
  };
  return JSON.stringify(cleaned(value));
}

export const copyJson = (value: unknown): string => copyText(jsonbText(value));
