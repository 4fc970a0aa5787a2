import { SUPPRESSION_KINDS, suppressions } from '@domainflow/db/schema/suppression.ts';
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { instantSchema } from '../campaigns/views.ts';
import { query } from '../operation/operation.ts';
import { countRows } from '../rows/count-rows.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { coveringValues } from './covering-values.ts';
import { parseSuppression } from './parse-suppression.ts';

export const listSuppressions = query({
  name: 'suppressions.list',
  summary: 'What is suppressed, the latest first',
  rest: { method: 'GET', path: '/suppressions' },
  access: 'member',
  input: z.object({
    limit: pagingInput.limit,
    cursor: pagingInput.cursor,
    kind: z.enum(SUPPRESSION_KINDS).optional(),
    /**
     * Only what suppresses this domain or address, in any spelling that `create` takes: itself, a domain that it lies in, or
     * their hashes; or the entry of this hash.
     */
    covering: z.string().trim().min(1).max(320).optional(),
  }),
  output: pageOf(
    z.object({
      suppressionId: z.string(),
      kind: z.enum(SUPPRESSION_KINDS),
      /** Null of a hash. */
      value: z.string().nullable(),
      /** SHA-256, hexadecimal. */
      hash: z.string(),
      reason: z.string(),
      createdBy: z.string().nullable(),
      createdAt: instantSchema,
    }),
  ),

  async run({ db }, { limit, cursor, kind, covering }) {
    const before = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.uuid()]))[0];
    const matching = and(
      kind === undefined ? undefined : eq(suppressions.kind, kind),
      covering === undefined ? undefined : sql`${suppressions.digest} IN (${digestsCovering(covering)})`,
    );
    const rows = await db
      .select({
        suppressionId: suppressions.id,
        kind: suppressions.kind,
        value: suppressions.value,
        hash: sql<string>`encode(${suppressions.digest}, 'hex')`,
        reason: suppressions.reason,
        createdBy: suppressions.createdBy,
        createdAt: suppressions.createdAt,
      })
      .from(suppressions)
      .where(and(matching, before === null ? undefined : lt(suppressions.id, before)))
      .orderBy(desc(suppressions.id))
      .limit(limit + 1);
    const page = cutPage(rows, limit, ({ suppressionId }) => [suppressionId]);
    return {
      items: page.rows,
      nextCursor: page.nextCursor,
      ...(await countRows(db, sql`suppressions ${matching === undefined ? sql`` : sql`WHERE ${matching}`}`)),
    };
  },
});

/** The digests under which what covers this is listed: none of what is no domain, address or hash. */
function digestsCovering(text: string): SQL {
  const parsed = parseSuppression(text);
  const [kind, value] = parsed.ok ? splitEntry(parsed.name) : ['', ''];
  if (kind === 'hash') return sql`decode(${value}, 'hex')`;
  return sql`SELECT sha256(convert_to(value, 'UTF8')) FROM unnest(${sql.param(coveringValues(value))}::text[]) AS value`;
}

const splitEntry = (entry: string): [kind: string, value: string] => {
  const colon = entry.indexOf(':');
  return [entry.slice(0, colon), entry.slice(colon + 1)];
};
