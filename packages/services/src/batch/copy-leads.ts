import type { PhaseChunk } from '@domainflow/domain/phases/phase.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { copyJson, copyNullable, copyText } from './copy-text.ts';

const LEADS =
  'leads (campaign_id, ordinal, domain, url, title, organisation, score, score_parts, score_profile_id, ' +
  'score_profile_version, facts, keyword_matches, contacts, technologies, language, country, simhash, favicon_hash, ' +
  'certificate, trackers, body_sha256)';
const TERMS = 'lead_terms (campaign_id, ordinal, terms, domain)';

/** A text array as COPY takes it: quoted elements in braces. */
const copyArray = (texts: readonly string[]): string =>
  copyText(`{${texts.map((text) => `"${text.replaceAll('\0', '').replace(/["\\]/g, '\\$&')}"`).join(',')}}`);

/** Writes the leads of a chunk, and what they are filtered by. */
export async function copyLeads(
  copyRows: (target: string, rows: string) => Promise<void>,
  { campaignId, plan }: ClaimedBatch,
  leads: NonNullable<PhaseChunk['leads']>,
): Promise<void> {
  const profile = plan.scoreProfile;
  let rows = '';
  let terms = '';
  for (const { ordinal, domain, lead } of leads) {
    const { marks, facts } = lead;
    rows += [
      campaignId,
      ordinal,
      copyText(domain),
      copyText(lead.url),
      copyNullable(lead.title),
      copyNullable(lead.organisation),
      lead.score,
      copyJson(lead.scoreParts),
      profile?.id ?? '\\N',
      profile?.version ?? '\\N',
      copyJson(facts),
      copyJson(lead.keywordMatches),
      copyJson(lead.contacts),
      copyJson(lead.technologies),
      copyNullable(facts.language),
      copyNullable(facts.country),
      marks.simhash === null ? '\\N' : String(marks.simhash),
      copyNullable(marks.faviconHash),
      copyNullable(marks.certificate),
      copyArray(marks.trackers),
      copyNullable(marks.bodySha256),
    ].join('\t');
    rows += '\n';
    terms += `${campaignId}\t${ordinal}\t${copyArray(lead.terms)}\t${copyText(domain)}\n`;
  }
  await copyRows(LEADS, rows);
  await copyRows(TERMS, terms);
}
