import type { PhaseChunk } from '@domainflow/domain/phases/phase.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { copyJson, copyNullable, copyText } from './copy-text.ts';

export const LEADS =
  'leads (campaign_id, ordinal, domain, url, title, organisation, score, score_parts, score_profile_id, ' +
  'score_profile_version, facts, keyword_matches, contacts, technologies, language, country, simhash, favicon_hash, ' +
  'certificate, trackers, body_sha256)';
export const TERMS = 'lead_terms (campaign_id, ordinal, terms, domain)';

/** A text array as COPY takes it: quoted elements in braces. */
const copyArray = (texts: readonly string[]): string =>
  copyText(`{${texts.map((text) => `"${text.replaceAll('\0', '').replace(/["\\]/g, '\\$&')}"`).join(',')}}`);

export function* leadRows({ campaignId, plan }: ClaimedBatch, { leads = [] }: PhaseChunk): Iterable<string> {
  const profile = plan.scoreProfile;
  for (const { ordinal, domain, lead } of leads) {
    const { marks, facts } = lead;
    const columns = [
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
    ];
    yield `${columns.join('\t')}\n`;
  }
}

/** What the leads are filtered by. */
export function* termRows({ campaignId }: ClaimedBatch, { leads = [] }: PhaseChunk): Iterable<string> {
  for (const { ordinal, domain, lead } of leads)
    yield `${campaignId}\t${ordinal}\t${copyArray(lead.terms)}\t${copyText(domain)}\n`;
}
