import type { PageFeatures } from '../content/page-features.ts';
import type { ScoreFacts } from './score-facts.ts';

/** What near-duplicates of a lead are found by. */
export interface LeadMarks {
  /** 64-bit similarity hash of the text, signed. */
  readonly simhash: bigint | null;
  readonly faviconHash: number | null;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly certificate: string | null;
  readonly trackers: readonly string[];
  readonly bodySha256: string | null;
}

/** The marks of a page; `tls` is what the evidence of its visit says of the connection. */
export function leadMarks(page: PageFeatures, tls: unknown): LeadMarks {
  const fingerprint = (tls as { fingerprint?: unknown } | null | undefined)?.fingerprint;
  return {
    simhash: page.simhash === null ? null : BigInt.asIntN(64, BigInt(`0x${page.simhash}`)),
    faviconHash: page.favicon?.hash ?? null,
    certificate: typeof fingerprint === 'string' ? fingerprint : null,
    trackers: page.trackers,
    bodySha256: page.bodySha256 === '' ? null : page.bodySha256,
  };
}

const TERM_UNITS = 120;

/** Kinds of contacts that leads are filtered by; what a lead lacks of them is a term too. */
const FILTERED_KINDS = ['email', 'phone', 'social'] as const;

/**
 * What lists of leads are filtered by: `has:email`, `lacks:phone`, `keyword:…`, `technology:…`, `language:de`,
 * `country:de`.
 */
export function leadTerms(facts: ScoreFacts): string[] {
  const language = facts.language?.split('-')[0];
  const terms = new Set<string>();
  // Most keywords stand in several places, and most contacts are of a few kinds.
  for (const keyword of new Set(facts.keywords.map((match) => match.keyword)))
    terms.add(leadTerm('keyword', keyword));
  for (const { name } of facts.technologies) terms.add(leadTerm('technology', name));
  const kinds = new Set<string>(facts.contacts.map(({ kind }) => kind));
  for (const kind of kinds) terms.add(leadTerm('has', kind));
  for (const kind of FILTERED_KINDS) if (!kinds.has(kind)) terms.add(leadTerm('lacks', kind));
  if (language !== undefined && language !== '') terms.add(leadTerm('language', language));
  if (facts.country !== null) terms.add(leadTerm('country', facts.country));
  return [...terms];
}

/** A term as it is stored: without regard to case, and short. */
export const leadTerm = (
  kind: 'keyword' | 'technology' | 'has' | 'lacks' | 'language' | 'country',
  value: string,
): string => `${kind}:${value.toLowerCase().slice(0, TERM_UNITS).toWellFormed()}`;
