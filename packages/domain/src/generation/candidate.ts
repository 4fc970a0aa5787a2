import { isIdnaLabel } from '../domain-name/idna2008.ts';
import { hyphenProblem, MAX_LABEL_OCTETS, toALabel, unicodeHyphenProblem } from '../domain-name/label.ts';
import { mixesScripts } from '../domain-name/mixed-scripts.ts';
import { suffixStanding } from '../domain-name/public-suffix.ts';
import { decodePunycode } from '../domain-name/punycode.ts';
import { SKIP_REASON_LABELS } from './skip-reasons.ts';

/** Why an offset of a space gives no name. */
export type SkipReason = keyof typeof SKIP_REASON_LABELS;
export const SKIP_REASONS = Object.keys(SKIP_REASON_LABELS) as readonly SkipReason[];

/** What an offset gives: a name in lower-case A-labels, or the reason why it gives none. */
export type Candidate =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: SkipReason };

const SKIPPED = Object.fromEntries(SKIP_REASONS.map((reason) => [reason, { ok: false, reason }])) as Readonly<
  Record<SkipReason, Candidate>
>;
export const skippedFor = (reason: SkipReason): Candidate => SKIPPED[reason];

/** What a person reads for a reason. */
export const skipReasonLabel = (reason: SkipReason): string => SKIP_REASON_LABELS[reason];

/** A label of a space in ASCII: an LDH label, or the A-label of one with characters beyond ASCII. */
export type CandidateLabel =
  | { readonly ascii: string; readonly reason: null }
  | { readonly ascii: null; readonly reason: SkipReason };

/** A label of lower-case letters, digits and hyphens. */
export function plainLabel(label: string): CandidateLabel {
  const reason = label.length > MAX_LABEL_OCTETS ? 'LABEL_TOO_LONG' : hyphenProblem(label);
  return reason === null ? { ascii: label, reason } : { ascii: null, reason };
}

/**
 * The ASCII form of a label that is made of mapped characters. Where mapping the whole changes it (characters that
 * compose with their neighbours), it is the same name as another offset's, so this one has none.
 */
export function candidateLabel(unicode: string): CandidateLabel {
  if (/^[\0-\x7f]*$/.test(unicode)) return plainLabel(unicode);
  const hyphen = unicodeHyphenProblem(unicode);
  if (hyphen !== null) return { ascii: null, reason: hyphen };
  if (!isIdnaLabel(unicode)) return { ascii: null, reason: 'BAD_IDN' };
  const ascii = toALabel(unicode);
  if (ascii === null || decodePunycode(ascii.slice(4)) !== unicode) return { ascii: null, reason: 'BAD_IDN' };
  if (ascii.length > MAX_LABEL_OCTETS) return { ascii: null, reason: 'LABEL_TOO_LONG' };
  if (mixesScripts(unicode)) return { ascii: null, reason: 'MIXED_SCRIPTS' };
  return { ascii, reason: null };
}

/** The name of a label under a suffix; skipped where that is a public suffix itself (`co.uk`). */
export function nameUnder(label: CandidateLabel, suffix: string): Candidate {
  if (label.reason !== null) return SKIPPED[label.reason];
  const name = `${label.ascii}.${suffix}`;
  return suffixStanding(name) === 'suffix' ? SKIPPED.IS_PUBLIC_SUFFIX : { ok: true, name };
}
