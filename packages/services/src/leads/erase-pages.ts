import type { Transaction } from '@domainflow/db/client.ts';
import { extractContacts } from '@domainflow/domain/content/extract-contacts.ts';
import { type PageFeatures, upgradeFeatures } from '@domainflow/domain/content/page-features.ts';
import { type SQL, sql } from 'drizzle-orm';
import { containing } from '../rows/like-pattern.ts';
import type { Quoting } from './quoting.ts';

/** Pages that are looked at in one go: a few megabytes. */
const PAGES_AT_ONCE = 100;

/** Deletes pages that quote it, and those that a lead has an address from; gives how many. */
export async function erasePagesQuoting(tx: Transaction, quoting: Quoting): Promise<number> {
  const quoted = await tx.execute(sql`DELETE FROM pages WHERE ${quoting.in(sql`features::text`)}`);
  const known = await tx.execute(sql`
    DELETE FROM pages p USING leads l, jsonb_array_elements(l.contacts) AS c
    WHERE c->>'kind' = 'email' AND ${quoting.in(sql`c->>'value'`)}
      AND p.campaign_id = l.campaign_id AND p.ordinal = l.ordinal`);
  return quoted.count + known.count;
}

/** Deletes pages that hide an address in any of its spellings from programs; gives how many. */
export const erasePagesHiding = (
  tx: Transaction,
  email: string,
  spellings: readonly string[],
): Promise<number> => eraseHidden(tx, email, mayHide(spellings));

/**
 * True of features in which an address may be written otherwise: with its name and that of its domain apart, or encoded
 * as a whole.
 */
function mayHide(spellings: readonly string[]): SQL {
  const apart = spellings.map((spelling) => {
    const [local = '', domain = ''] = spelling.split('@');
    const longest = domain.split('.').reduce((a, b) => (b.length > a.length ? b : a), '');
    return sql`(features::text ILIKE ${containing(local)} AND features::text ILIKE ${containing(longest)})`;
  });
  return sql`(${sql.join(apart, sql` OR `)}
    OR features::text LIKE '%data-cfemail=%' OR features::text LIKE '%/cdn-cgi/l/email-protection#%')`;
}

interface Row extends Record<string, unknown> {
  readonly campaign_id: string;
  readonly ordinal: string;
  readonly features: PageFeatures;
}

async function eraseHidden(tx: Transaction, email: string, mayHold: SQL): Promise<number> {
  let erased = 0;
  let last: Row | undefined;
  for (;;) {
    const beyond =
      last === undefined
        ? sql``
        : sql`AND (campaign_id, ordinal) > (${last.campaign_id}::uuid, ${last.ordinal}::bigint)`;
    const rows: readonly Row[] = await tx.execute<Row>(sql`
      SELECT campaign_id, ordinal, features FROM pages WHERE ${mayHold} ${beyond}
      ORDER BY campaign_id, ordinal LIMIT ${PAGES_AT_ONCE}`);
    const holding = rows.filter(({ features }) =>
      extractContacts(upgradeFeatures(features)).contacts.some(({ value }) => value === email),
    );
    if (holding.length > 0) {
      const gone = await tx.execute(sql`
        DELETE FROM pages WHERE (campaign_id, ordinal) IN (SELECT * FROM unnest(
          ${sql.param(holding.map((row) => row.campaign_id))}::uuid[],
          ${sql.param(holding.map((row) => row.ordinal))}::bigint[]))`);
      erased += gone.count;
    }
    last = rows.at(-1);
    if (rows.length < PAGES_AT_ONCE) return erased;
  }
}
