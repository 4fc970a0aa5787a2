import { MAX_LABEL_OCTETS, toALabel, unicodeHyphenProblem } from '../domain-name/label.ts';
import { decodePunycode } from '../domain-name/punycode.ts';
import { DOMAIN_NAME_REASONS, type DomainNameReason } from '../domain-name/reasons.ts';

/** Why an offset of a space gives no name. */
export const SKIP_REASONS = [
  'HYPHEN_EDGE',
  'HYPHEN_34',
  'BAD_IDN',
  'LABEL_TOO_LONG',
] as const satisfies readonly DomainNameReason[];
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What an offset gives: a name in lower-case A-labels, or the reason why it gives none. */
export type Candidate =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: SkipReason };

const SKIPPED = Object.fromEntries(SKIP_REASONS.map((reason) => [reason, { ok: false, reason }])) as Readonly<
  Record<SkipReason, Candidate>
>;
export const skippedFor = (reason: SkipReason): Candidate => SKIPPED[reason];

/** What a person reads for a reason. */
export const skipReasonLabel = (reason: SkipReason): string => DOMAIN_NAME_REASONS[reason];

/** A label of a space in ASCII: an LDH label, or the A-label of one with characters beyond ASCII. */
export type CandidateLabel =
  | { readonly ascii: string; readonly reason: null }
  | { readonly ascii: null; readonly reason: SkipReason };

/**
 * The ASCII form of a label that is made of mapped characters. Where mapping the whole changes it (characters that
 * compose with their neighbours), it is the same name as another offset's, so this one has none.
 */
export function candidateLabel(unicode: string): CandidateLabel {
  const hyphen = unicodeHyphenProblem(unicode);
  if (hyphen !== null) return { ascii: null, reason: hyphen };
  if (/^[\0-\x7f]*$/.test(unicode)) return { ascii: unicode, reason: null };
  const ascii = toALabel(unicode);
  if (ascii === null || decodePunycode(ascii.slice(4)) !== unicode) return { ascii: null, reason: 'BAD_IDN' };
  if (ascii.length > MAX_LABEL_OCTETS) return { ascii: null, reason: 'LABEL_TOO_LONG' };
  return { ascii, reason: null };
}
