import type { Kept, PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { copyJson, copyNullable, copyText } from './copy-text.ts';

export const LEADS =
  'leads (campaign_id, ordinal, domain, url, title, organisation, score, score_parts, score_profile_id, ' +
  'score_profile_version, facts, keyword_matches, contacts, technologies, language, country, simhash, favicon_hash, ' +
  'certificate, trackers, body_sha256)';
export const TERMS = 'lead_terms (campaign_id, ordinal, terms, domain)';

type KeptLead = NonNullable<Kept['lead']>;

/** A text array as COPY takes it: quoted elements in braces. */
const copyArray = (texts: readonly string[]): string =>
  copyText(`{${texts.map((text) => `"${text.replaceAll('\0', '').replace(/["\\]/g, '\\$&')}"`).join(',')}}`);

export function leadRow(
  campaignId: string,
  { scoreProfile: profile }: PhasePlan<unknown>,
  ordinal: number,
  { domain, record: lead }: KeptLead,
): string {
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
  return `${columns.join('\t')}\n`;
}

/** What the lead is filtered by. */
export const termRow = (campaignId: string, ordinal: number, { domain, record }: KeptLead): string =>
  `${campaignId}\t${ordinal}\t${copyArray(record.terms)}\t${copyText(domain)}\n`;
