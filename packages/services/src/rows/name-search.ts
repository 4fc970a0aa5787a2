import { type SQL, sql } from 'drizzle-orm';
import { containing } from './like-pattern.ts';

/** Whether an index of trigrams over names can be asked for the part: shorter ones it does not know. */
export const isIndexedPart = (part: string): boolean => part.length >= 3 || !isAscii(part);

/** The names in a column that hold a part, in lower case, as people read them: `büch` is in `xn--bcher-kva.de`. */
export function nameContains(column: SQL, part: string): SQL {
  // The first condition as the indexes of migration 0016 have it.
  const spelled = sql`(${column} LIKE '%xn--%' AND spelled_name(${column}) LIKE ${containing(spelledPart(part))})`;
  if (!isAscii(part)) return spelled;
  const asStored = sql`${column} LIKE ${containing(part)}`;
  // Letters of ASCII stand together in an A-label as they do in what it means, but not at its ends.
  return part.includes('.') ? sql`(${asStored} OR ${spelled})` : asStored;
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** As `spelled_name` (migration 0016) spells names: composed, each character beyond ASCII as its code point in brackets. */
function spelledPart(part: string): string {
  // No name has brackets of its own.
  const composed = part
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[()]/g, ' ')
    .replaceAll(/[。．｡]/g, '.');
  return composed.replaceAll(/[^\0-\x7f]/gu, (each) => `(${each.codePointAt(0)?.toString(16)})`);
}
