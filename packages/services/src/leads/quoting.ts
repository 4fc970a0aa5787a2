import { unicodeNameOf } from '@domainflow/domain/domain-name/unicode-name.ts';
import { type SQL, sql } from 'drizzle-orm';
import { escapeExpression } from '../escape-expression.ts';
import { containing } from '../rows/like-pattern.ts';

/** How texts quote something: SQL conditions and a regular expression of PostgreSQL, without regard to case. */
export interface Quoting {
  /** True of a text expression that quotes it. */
  readonly in: (text: SQL) => SQL;
  readonly pattern: string;
}

/** What JSON and URLs write before a text without being letters of it: `\n`, `\u00a0`, `%20`. */
const AFTER_AN_ESCAPE = '(?<=\\\\[bfnrt])|(?<=\\\\u[0-9a-f]{4})|(?<=%[0-9a-f]{2})';

/** A plain search finds what may quote it, before the expression is asked. */
function quoting(parts: readonly string[], before: string, core: string): Quoting {
  const pattern = `(?:${before}|${AFTER_AN_ESCAPE})${core}(?![[:alnum:]-])`;
  const likes = sql.param(parts.map(containing));
  return { pattern, in: (text) => sql`(${text} ILIKE ANY (${likes}::text[]) AND ${text} ~* ${pattern})` };
}

const oneOf = (texts: readonly string[]): string => `(?:${texts.map(escapeExpression).join('|')})`;

/** A domain in A-labels as it is written: so, and in Unicode where that differs. */
export function spellingsOf(domain: string): string[] {
  const unicode = unicodeNameOf(domain);
  return unicode === null ? [domain] : [domain, unicode];
}

/** Of a domain in its spellings, and all below it. */
export const quotingDomain = (spellings: readonly string[]): Quoting =>
  quoting(spellings, '(?<![[:alnum:]-])', oneOf(spellings));

/** Of an e-mail address in its spellings; `r.jane@a.de` does not quote `jane@a.de`. */
export const quotingEmail = (spellings: readonly string[]): Quoting =>
  quoting(spellings, '(?<![[:alnum:]])(?<![[:alnum:]][-._+])', oneOf(spellings));

/** Of any e-mail address at a domain in its spellings, or below it. */
export const quotingAddressesAt = (spellings: readonly string[]): Quoting =>
  quoting(spellings, '', `[[:alnum:]]@(?:[[:alnum:]-]+\\.)*${oneOf(spellings)}`);
