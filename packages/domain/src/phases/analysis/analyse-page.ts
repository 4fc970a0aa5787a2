import { classifyParked } from '../../content/classify-parked.ts';
import { detectTechnologies } from '../../content/technology/detect-technologies.ts';
import { extractContacts } from '../../content/extract-contacts.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import type { KeywordMatcher } from '../../keyword/compile-keywords.ts';
import type { LeadFindings } from '../../scoring/lead-findings.ts';
import { scoreLead } from '../../scoring/score-lead.ts';
import type { Evidence } from '../phase.ts';
import type { AnalysisVerdict } from './verdicts.ts';

export interface PageAnalysis {
  readonly verdict: AnalysisVerdict;
  readonly score: number;
  readonly evidence: Evidence;
  /** Null unless the verdict is `OK`. */
  readonly lead: LeadFindings | null;
}

/** Reads keywords, contacts and technologies from a page's features and scores them. */
export function analysePage(page: PageFeatures, matcher: KeywordMatcher, minScore: number): PageAnalysis {
  const parked = classifyParked(page);
  const keywordMatches = matcher.matchPage(page);
  const { contacts, organisation } = extractContacts(page);
  const technologies = detectTechnologies(page);
  const { score, parts } = scoreLead({ page, keywordMatches, contacts, organisation, technologies, parked });
  const isWanted = matcher.size === 0 || keywordMatches.some(({ weight }) => weight > 0);
  const verdict = parked.isParked
    ? 'PARKED'
    : !isWanted
      ? 'NO_KEYWORDS'
      : score < minScore
        ? 'NO_LEAD'
        : 'OK';
  const evidence: Evidence = {
    score,
    minScore,
    scoreParts: parts,
    keywords: [...new Set(keywordMatches.map(({ keyword }) => keyword))],
    contacts: contacts.length,
    technologies: technologies.map(({ name }) => name),
    ...(parked.isParked ? { parked: parked.reasons } : {}),
  };
  if (verdict !== 'OK') return { verdict, score, evidence, lead: null };
  const { finalUrl: url, title } = page;
  const lead = { url, title, organisation, score, scoreParts: parts, keywordMatches, contacts, technologies };
  return { verdict, score, evidence, lead };
}
