import type { Transaction } from '@domainflow/db/client.ts';
import { unicodeNameOf } from '@domainflow/domain/domain-name/unicode-name.ts';
import { sql } from 'drizzle-orm';
import { containing } from '../rows/like-pattern.ts';
import { clearQuotes, type Erased } from './erase-domains.ts';
import { erasePagesWith } from './erase-pages.ts';

/**
 * Erases an e-mail address: contacts of leads, and every page, evidence and note that quotes it, in A-labels or in Unicode,
 * and pages that hide it from programs. What a lead was found by stays. Reads all that is stored: minutes where there are
 * millions of pages.
 */
export async function eraseEmail(tx: Transaction, email: string): Promise<Erased> {
  const [local = '', domain = ''] = email.split('@');
  const unicode = unicodeNameOf(domain);
  const spellings = unicode === null ? [email] : [email, `${local}@${unicode}`];
  const sum = { domains: 0, leads: 0, pages: await erasePagesWith(tx, email, spellings), records: 0 };
  for (const spelling of spellings) {
    const { leads, records } = await eraseSpelling(tx, spelling);
    sum.leads += leads;
    sum.records += records;
  }
  return sum;
}

async function eraseSpelling(tx: Transaction, email: string): Promise<Pick<Erased, 'leads' | 'records'>> {
  const quoting = containing(email);
  const leads = await tx.execute(sql`
    WITH erased AS (UPDATE leads SET
      contacts = (
        SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(contacts) AS c WHERE c::text NOT ILIKE ${quoting}),
      keyword_matches = (
        SELECT coalesce(jsonb_agg(CASE WHEN k::text ILIKE ${quoting}
          THEN (k - 'furtherContexts') || '{"matchContext": "[erased]"}' ELSE k END), '[]')
        FROM jsonb_array_elements(keyword_matches) AS k),
      score_parts = (
        SELECT coalesce(jsonb_agg(CASE WHEN p::text ILIKE ${quoting} THEN p || '{"reason": "[erased]"}' ELSE p END), '[]')
        FROM jsonb_array_elements(score_parts) AS p),
      technologies = (
        SELECT coalesce(jsonb_agg(CASE WHEN t::text ILIKE ${quoting} THEN t || '{"evidence": "[erased]"}' ELSE t END), '[]')
        FROM jsonb_array_elements(technologies) AS t),
      facts = CASE WHEN facts::text ILIKE ${quoting}
        THEN facts || '{"title": "[erased]", "description": "[erased]", "organisation": null}' || jsonb_build_object(
          'url', 'https://' || domain || '/',
          'contacts', (
            SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(facts->'contacts') AS c
            WHERE c::text NOT ILIKE ${quoting}),
          'keywords', (
            SELECT coalesce(jsonb_agg(k - 'matchContext' - 'furtherContexts'), '[]')
            FROM jsonb_array_elements(facts->'keywords') AS k),
          'technologies', (
            SELECT coalesce(jsonb_agg(t - 'evidence'), '[]') FROM jsonb_array_elements(facts->'technologies') AS t))
        ELSE facts END,
      title = CASE WHEN title ILIKE ${quoting} THEN '[erased]' ELSE title END,
      organisation = CASE WHEN organisation ILIKE ${quoting} THEN NULL ELSE organisation END,
      url = CASE WHEN url ILIKE ${quoting} THEN 'https://' || domain || '/' ELSE url END,
      notes = CASE WHEN notes ILIKE ${quoting} THEN '[erased]' ELSE notes END,
      tags = CASE WHEN tags::text ILIKE ${quoting} THEN '{}' ELSE tags END,
      version = version + 1, updated_at = now()
    WHERE leads::text ILIKE ${quoting} RETURNING campaign_id, ordinal, contacts)
    UPDATE lead_terms t SET terms = ARRAY(
      SELECT term FROM unnest(t.terms) AS term WHERE term NOT ILIKE ${quoting} AND term NOT IN ('has:email', 'lacks:email')
    ) || CASE WHEN erased.contacts @> '[{"kind": "email"}]' THEN 'has:email' ELSE 'lacks:email' END
    FROM erased WHERE t.campaign_id = erased.campaign_id AND t.ordinal = erased.ordinal`);
  const evidence = await tx.execute(sql`
    UPDATE results SET evidence = '{"erased": true}' WHERE evidence::text ILIKE ${quoting}`);
  const listed = await tx.execute(sql`DELETE FROM suppressions WHERE value = ${email}`);
  const quotes = await clearQuotes(tx, email);
  return { leads: leads.count, records: evidence.count + listed.count + quotes };
}
