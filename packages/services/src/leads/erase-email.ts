import type { Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import { containing } from '../like-pattern.ts';
import { clearQuotes, type Erased } from './erase-domains.ts';

/**
 * Erases an e-mail address: contacts of leads, and every page, evidence and note that quotes it. What a lead was found by
 * stays. Reads all that is stored: minutes where there are millions of pages.
 */
export async function eraseEmail(tx: Transaction, email: string): Promise<Erased> {
  const quoting = containing(email);
  const leads = await tx.execute(sql`
    UPDATE leads SET
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
        THEN facts || '{"title": "[erased]", "description": "[erased]", "organisation": null}' ELSE facts END,
      title = CASE WHEN title ILIKE ${quoting} THEN '[erased]' ELSE title END,
      organisation = CASE WHEN organisation ILIKE ${quoting} THEN NULL ELSE organisation END,
      url = CASE WHEN url ILIKE ${quoting} THEN 'https://' || domain || '/' ELSE url END,
      notes = CASE WHEN notes ILIKE ${quoting} THEN '[erased]' ELSE notes END,
      tags = CASE WHEN tags::text ILIKE ${quoting} THEN '{}' ELSE tags END,
      version = version + 1, updated_at = now()
    WHERE leads::text ILIKE ${quoting}`);
  const pages = await tx.execute(sql`DELETE FROM pages WHERE features::text ILIKE ${quoting}`);
  const evidence = await tx.execute(sql`
    UPDATE results SET evidence = '{"erased": true}' WHERE evidence::text ILIKE ${quoting}`);
  const terms = await tx.execute(sql`DELETE FROM lead_terms WHERE terms::text ILIKE ${quoting}`);
  const listed = await tx.execute(sql`DELETE FROM suppressions WHERE value = ${email}`);
  const quotes = await clearQuotes(tx, email);
  return {
    ...{ domains: 0, leads: leads.count, pages: pages.count },
    records: evidence.count + terms.count + listed.count + quotes,
  };
}
