import type { Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import type { Quoting } from './quoting.ts';

/** Takes away what leads and the evidence of phases quote. */
export async function eraseQuotes(
  tx: Transaction,
  { in: quotes }: Quoting,
): Promise<{ leads: number; records: number }> {
  const leads = await tx.execute(sql`
    WITH erased AS (UPDATE leads SET
      contacts = (
        SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(contacts) AS c WHERE NOT ${quotes(sql`c::text`)}),
      keyword_matches = (
        SELECT coalesce(jsonb_agg(CASE WHEN ${quotes(sql`k::text`)}
          THEN (k - 'furtherContexts') || '{"matchContext": "[erased]"}' ELSE k END), '[]')
        FROM jsonb_array_elements(keyword_matches) AS k),
      score_parts = (
        SELECT coalesce(jsonb_agg(CASE WHEN ${quotes(sql`p::text`)} THEN p || '{"reason": "[erased]"}' ELSE p END), '[]')
        FROM jsonb_array_elements(score_parts) AS p),
      technologies = (
        SELECT coalesce(jsonb_agg(CASE WHEN ${quotes(sql`t::text`)} THEN t || '{"evidence": "[erased]"}' ELSE t END), '[]')
        FROM jsonb_array_elements(technologies) AS t),
      facts = CASE WHEN ${quotes(sql`facts::text`)}
        THEN facts || '{"title": "[erased]", "description": "[erased]", "organisation": null}' || jsonb_build_object(
          'url', 'https://' || domain || '/',
          'contacts', (
            SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(facts->'contacts') AS c
            WHERE NOT ${quotes(sql`c::text`)}),
          'keywords', (
            SELECT coalesce(jsonb_agg(k - 'matchContext' - 'furtherContexts'), '[]')
            FROM jsonb_array_elements(facts->'keywords') AS k),
          'technologies', (
            SELECT coalesce(jsonb_agg(t - 'evidence'), '[]') FROM jsonb_array_elements(facts->'technologies') AS t))
        ELSE facts END,
      title = CASE WHEN ${quotes(sql`title`)} THEN '[erased]' ELSE title END,
      organisation = CASE WHEN ${quotes(sql`organisation`)} THEN NULL ELSE organisation END,
      url = CASE WHEN ${quotes(sql`url`)} THEN 'https://' || domain || '/' ELSE url END,
      notes = CASE WHEN ${quotes(sql`notes`)} THEN '[erased]' ELSE notes END,
      tags = CASE WHEN ${quotes(sql`tags::text`)} THEN '{}' ELSE tags END,
      version = version + 1, updated_at = now()
    WHERE ${quotes(sql`leads::text`)} RETURNING campaign_id, ordinal, contacts)
    UPDATE lead_terms t SET terms = ARRAY(
      SELECT term FROM unnest(t.terms) AS term WHERE NOT ${quotes(sql`term`)} AND term NOT IN ('has:email', 'lacks:email')
    ) || CASE WHEN erased.contacts @> '[{"kind": "email"}]' THEN 'has:email' ELSE 'lacks:email' END
    FROM erased WHERE t.campaign_id = erased.campaign_id AND t.ordinal = erased.ordinal`);
  const evidence = await tx.execute(sql`
    UPDATE results SET evidence = '{"erased": true}' WHERE ${quotes(sql`evidence::text`)}`);
  return { leads: leads.count, records: evidence.count };
}
