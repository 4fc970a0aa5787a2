import type { Database, Transaction } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';

/** What was taken away, by what it was. */
export interface Erased {
  readonly domains: number;
  readonly leads: number;
  readonly pages: number;
  readonly records: number;
}

/** Tables of the log of what happened: what they quote goes, what they are about stays. */
const QUOTING: readonly { readonly table: string; readonly column: string }[] = [
  { table: 'audit_logs', column: 'details' },
  { table: 'events', column: 'payload' },
];

/**
 * Erases what is held of the domain and of all below it, in every campaign: leads with their scores, pages, evidence. Its
 * rows in campaigns stay under names that say nothing, with their verdicts, so that counts stay true.
 */
export async function eraseDomain(tx: Transaction, domain: string): Promise<Erased> {
  const below = `%.${domain.replaceAll(/[\\%_]/g, '\\$&')}`;
  const concerns = (column: SQL): SQL => sql`(${column} = ${domain} OR ${column} LIKE ${below})`;
  const renamed = await tx.execute(sql`
    WITH renamed AS (
      UPDATE domains SET name = 'erased-' || uuidv7() || '.invalid' WHERE ${concerns(sql`name`)}
      RETURNING campaign_id, ordinal)
    INSERT INTO erased_domains (campaign_id, ordinal) SELECT campaign_id, ordinal FROM renamed ON CONFLICT DO NOTHING`);
  // Leads whose domain's row went with an earlier list are found by their own column.
  await tx.execute(sql`
    INSERT INTO erased_domains (campaign_id, ordinal)
    SELECT campaign_id, ordinal FROM leads WHERE ${concerns(sql`domain`)} ON CONFLICT DO NOTHING`);
  const { leads, pages } = await clearErased(tx);
  const staged = await tx.execute(sql`DELETE FROM upload_names WHERE ${concerns(sql`name`)}`);
  const listed = await tx.execute(sql`DELETE FROM suppressions WHERE ${concerns(sql`value`)}
    OR (kind = 'email' AND ${concerns(sql`split_part(value, '@', 2)`)})`);
  const quotes = await clearQuotes(tx, domain);
  return { domains: renamed.count, leads, pages, records: staged.count + listed.count + quotes };
}

/** Takes away what there is of erased domains, also what a worker has written since. */
async function clearErased(tx: Transaction): Promise<{ leads: number; pages: number }> {
  const gone = (table: string): SQL => sql`
    DELETE FROM ${sql.identifier(table)} t USING erased_domains e
    WHERE t.campaign_id = e.campaign_id AND t.ordinal = e.ordinal`;
  const leads = await tx.execute(gone('leads'));
  const pages = await tx.execute(gone('pages'));
  await tx.execute(gone('lead_terms'));
  await tx.execute(gone('lead_scores'));
  await tx.execute(sql`
    UPDATE results t SET evidence = '{"erased": true}' FROM erased_domains e
    WHERE t.campaign_id = e.campaign_id AND t.ordinal = e.ordinal AND t.evidence <> '{"erased": true}'`);
  return { leads: leads.count, pages: pages.count };
}

/**
 * Takes away what records and stored answers quote of a domain or address, as a whole word; what they are about stays.
 * Gives the number of records.
 */
export async function clearQuotes(tx: Transaction, text: string): Promise<number> {
  // A domain in front of which a dot stands is quoted too: what lies below it goes with it.
  const quoted = `(^|[^a-z0-9-])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^a-z0-9-])`;
  let records = 0;
  for (const { table, column } of QUOTING) {
    const name = sql.identifier(column);
    const cleared = await tx.execute(sql`
      UPDATE ${sql.identifier(table)}
      SET ${name} = regexp_replace(${name}::text, ${quoted}, '\\1[erased]\\2', 'gi')::jsonb
      WHERE ${name}::text ~* ${quoted}`);
    records += cleared.count;
  }
  const answers = await tx.execute(sql`DELETE FROM idempotency_keys WHERE output::text ~* ${quoted}`);
  return records + answers.count;
}

/** How long a worker may still be at work on what it read before an erasure. */
const LATE_WRITES = '1 hour';
const REMEMBERED = '1 day';

/** Takes away what workers have written of domains that were erased while they worked on them. */
export async function sweepErased(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.execute<{ any: boolean }>(
      sql`SELECT EXISTS (SELECT FROM erased_domains WHERE created_at > now() - ${LATE_WRITES}::interval) AS any`,
    );
    if (row?.any === true) await clearErased(tx);
    await tx.execute(sql`DELETE FROM erased_domains WHERE created_at < now() - ${REMEMBERED}::interval`);
  });
}
