import { DOMAIN_NAME_REASONS } from '../domain-name/reasons.ts';

/** Why an offset of a space gives no name, with what a person reads for it. */
export const SKIP_REASON_LABELS = {
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
