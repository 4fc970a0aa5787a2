import type { Database, Transaction } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';
import { erasePagesQuoting } from './erase-pages.ts';
import { eraseQuotes } from './erase-quotes.ts';
import { type Quoting, quotingAddressesAt, quotingDomain, spellingsOf } from './quoting.ts';

/** What was taken away, by what it was. */
export interface Erased {
  readonly domains: number;
  readonly leads: number;
  readonly pages: number;
  readonly records: number;
}

/**
 * What happened, what an upload was refused for, and what people wrote beside it: what is quoted there goes, what it is about
 * stays. What campaigns and lists are called and look for stays too.
 */
const QUOTING: readonly {
  readonly table: string;
  readonly column: string;
  readonly type: 'jsonb' | 'text';
}[] = [
  { table: 'audit_logs', column: 'details', type: 'jsonb' },
  { table: 'events', column: 'payload', type: 'jsonb' },
  { table: 'uploads', column: 'rejections', type: 'jsonb' },
  { table: 'suppressions', column: 'reason', type: 'text' },
  { table: 'campaigns', column: 'description', type: 'text' },
  { table: 'campaigns', column: 'notes', type: 'text' },
];

/**
 * Erases what is held of the domain and of all below it, in every campaign: leads with their scores, pages, evidence, and
 * addresses at it on the pages of others. Its rows in campaigns stay under names that say nothing, with their verdicts, so
 * that counts stay true.
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
  const own = await clearErased(tx);
  const spellings = spellingsOf(domain);
  const addresses = quotingAddressesAt(spellings);
  const pages = own.pages + (await erasePagesQuoting(tx, addresses));
  const others = await eraseQuotes(tx, addresses);
  const staged = await tx.execute(sql`DELETE FROM upload_names WHERE ${concerns(sql`name`)}`);
  const listed = await tx.execute(sql`DELETE FROM suppressions WHERE ${concerns(sql`value`)}
    OR (kind = 'email' AND ${concerns(sql`split_part(value, '@', 2)`)})`);
  const quotes = await clearQuotes(tx, quotingDomain(spellings));
  return {
    domains: renamed.count,
    leads: own.leads + others.leads,
    pages,
    records: staged.count + listed.count + others.records + quotes,
  };
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

/** Takes away what records and stored answers quote; what they are about stays. Gives the number of records. */
export async function clearQuotes(tx: Transaction, quoting: Quoting): Promise<number> {
  let records = 0;
  for (const { table, column, type } of QUOTING) {
    const text = sql`${sql.identifier(column)}::text`;
    const cleared = await tx.execute(sql`
      UPDATE ${sql.identifier(table)} SET ${sql.identifier(column)} =
        regexp_replace(${text}, ${quoting.pattern}, '[erased]', 'gi')::${sql.raw(type)}
      WHERE ${quoting.in(text)}`);
    records += cleared.count;
  }
  const answers = await tx.execute(sql`DELETE FROM idempotency_keys WHERE ${quoting.in(sql`output::text`)}`);
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
