import { invalidInput } from '@domainflow/domain/errors.ts';
import { z } from 'zod';

/** Input fields that every list has. `cursor` wins over `offset`. */
export const pagingInput = {
  limit: z.int().min(1).max(1_000).default(50),
  offset: z.int().min(0).max(10_000_000).default(0),
  cursor: z.string().max(512).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
};

/** A page of a list: `nextCursor` is null on the last one; `total` counts all that the filters match. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int(),
    /** False where `total` is an estimate. */
    totalExact: z.boolean(),
  });

/** An opaque position in a sorted list: the sort key and the id of the last row given. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(parts))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The page among rows that were read with one more than `limit`, and the position behind it; `positionOf` gives the parts
 * of a cursor at its last row.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (last: Row) => readonly (string | number | null)[],
): { readonly rows: Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isLast = rows.length <= limit || last === undefined;
  return { rows: page, nextCursor: isLast ? null : encodeCursor(positionOf(last)) };
}

/** An instant in a cursor: one that the database takes. */
export const cursorInstant = z.iso.datetime().refine((text) => text >= '1970');

/** No column holds NUL or half of a surrogate pair, and comparing with them is an error of the database. */
const isStorable = (part: unknown): boolean =>
  typeof part !== 'string' || (!part.includes('\0') && part.isWellFormed());

/** Reads what `encodeCursor` wrote; anything else is `INVALID_INPUT` on the field `cursor`. */
export function decodeCursor<T extends z.ZodType>(cursor: string, parts: T): z.output<T> {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const given: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!Array.isArray(given) || !given.every(isStorable)) throw new Error('no cursor of ours');
    return parts.parse(given);
  } catch {
    throw invalidInput('The cursor is not one that this list gave out. Start without it.', 'cursor');
  }
}
