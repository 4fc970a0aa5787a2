import { isIdnaLabel } from '../domain-name/idna2008.ts';
import { hyphenProblem, MAX_LABEL_OCTETS, toALabel, unicodeHyphenProblem } from '../domain-name/label.ts';
import { mixesScripts } from '../domain-name/mixed-scripts.ts';
import { suffixStanding } from '../domain-name/public-suffix.ts';
import { decodePunycode } from '../domain-name/punycode.ts';
import { DOMAIN_NAME_REASONS } from '../domain-name/reasons.ts';

/** Why an offset of a space gives no name, with what a person reads for it. */
const REASONS = {
  HYPHEN_EDGE: DOMAIN_NAME_REASONS.HYPHEN_EDGE,
  HYPHEN_34: DOMAIN_NAME_REASONS.HYPHEN_34,
  BAD_IDN: DOMAIN_NAME_REASONS.BAD_IDN,
  LABEL_TOO_LONG: DOMAIN_NAME_REASONS.LABEL_TOO_LONG,
  TOO_LONG: DOMAIN_NAME_REASONS.TOO_LONG,
  MIXED_SCRIPTS: 'The label mixes scripts that no language mixes, which registries refuse',
  IS_PUBLIC_SUFFIX: DOMAIN_NAME_REASONS.IS_PUBLIC_SUFFIX,
  SEED: 'The name is the seed itself, or another seed',
  DUPLICATE: 'An earlier offset of the same pattern gives this name',
} as const;
export type SkipReason = keyof typeof REASONS;
export const SKIP_REASONS = Object.keys(REASONS) as readonly SkipReason[];

/** What an offset gives: a name in lower-case A-labels, or the reason why it gives none. */
export type Candidate =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: SkipReason };

const SKIPPED = Object.fromEntries(SKIP_REASONS.map((reason) => [reason, { ok: false, reason }])) as Readonly<
  Record<SkipReason, Candidate>
>;
export const skippedFor = (reason: SkipReason): Candidate => SKIPPED[reason];

/** What a person reads for a reason. */
export const skipReasonLabel = (reason: SkipReason): string => REASONS[reason];

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
