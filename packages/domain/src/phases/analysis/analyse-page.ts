import { classifyParked } from '../../content/classify-parked.ts';
import { extractContacts } from '../../content/extract-contacts.ts';
import { type PageFeatures, upgradeFeatures } from '../../content/page-features.ts';
import { parkedGroundsOf } from '../../content/parked-grounds.ts';
import type { CompiledFingerprints } from '../../content/technology/compile-fingerprints.ts';
import { type DnsFacts, detectTechnologies } from '../../content/technology/detect-technologies.ts';
import type { KeywordMatcher } from '../../keyword/compile-keywords.ts';
import { leadMarks, leadTerms } from '../../scoring/lead-marks.ts';
import type { LeadRecord } from '../../scoring/lead-record.ts';
import { pageFacts, shortFacts } from '../../scoring/page-facts.ts';
import { scoreLead } from '../../scoring/score-lead.ts';
import type { ScoreProfile } from '../../scoring/score-profile.ts';
import type { Evidence } from '../phase.ts';
import type { AnalysisVerdict } from './verdicts.ts';

export interface PageAnalysis {
  readonly verdict: AnalysisVerdict;
  readonly score: number;
  readonly evidence: Evidence;
  /** Null unless the verdict is `OK`. */
  readonly lead: LeadRecord | null;
}

/** What a page is read with, besides itself. */
export interface AnalysisMeans {
  readonly matcher: KeywordMatcher;
  readonly minScore: number;
  /** The platform's own fingerprints where it is left out. */
  readonly fingerprints?: CompiledFingerprints | undefined;
  /** The platform's default where it is left out. */
  readonly profile?: ScoreProfile | undefined;
}

/** What other phases found of the page's domain. */
export interface OtherEvidence {
  readonly dns?: DnsFacts | undefined;
  /** Evidence of the visit: its TLS, and a page of random name. */
  readonly visit?: Evidence | null;
}

/** Reads keywords, contacts and technologies from a page's features and its domain's records, and scores them. */
export function analysePage(
  stored: PageFeatures,
  { matcher, minScore, fingerprints, profile }: AnalysisMeans,
  { dns = {}, visit = null }: OtherEvidence = {},
): PageAnalysis {
  const page = upgradeFeatures(stored);
  const parked = classifyParked(page, parkedGroundsOf(dns, visit));
  const keywordMatches = matcher.matchPage(page);
  const { contacts, organisation } = extractContacts(page);
  const technologies = detectTechnologies(page, dns, fingerprints);
  const facts = pageFacts({ page, keywordMatches, contacts, organisation, technologies, parked });
  const { score, parts } = scoreLead(facts, profile);
  const isWanted = matcher.size === 0 || keywordMatches.some(({ weight }) => weight > 0);
  const verdict = parked.isParked
    ? 'PARKED'
    : !isWanted
      ? 'NO_KEYWORDS'
      : score < minScore
        ? 'NO_LEAD'
        : 'OK';
  const evidence: Record<string, unknown> = {
    score,
    minScore,
    scoreParts: parts,
    keywords: [...new Set(keywordMatches.map(({ keyword }) => keyword))],
    contacts: contacts.length,
    technologies: technologies.map(({ name }) => name),
  };
  if (parked.isParked) {
    evidence['parked'] = parked.reasons;
    evidence['parkedKind'] = parked.kind;
  }
  if (page.trackers.length > 0) evidence['trackers'] = page.trackers;
  if (page.forms.length > 0) evidence['forms'] = page.forms;
  if (page.payments.length > 0) evidence['payments'] = page.payments;
  if (page.simhash !== null) evidence['simhash'] = page.simhash;
  if (verdict !== 'OK') return { verdict, score, evidence, lead: null };
  const lead: LeadRecord = {
    url: page.finalUrl,
    title: page.title,
    organisation,
    score,
    scoreParts: parts,
    keywordMatches,
    contacts,
    technologies,
    marks: leadMarks(page, visit?.['tls']),
    facts: shortFacts(facts),
    terms: leadTerms(facts),
  };
  return { verdict, score, evidence, lead };
}
