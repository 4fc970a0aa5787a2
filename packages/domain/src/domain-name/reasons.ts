/** Why a line of text is not a domain name that can be worked on, with what to tell the person who gave it. */
export const DOMAIN_NAME_REASONS = {
  EMPTY: 'The line is empty',
  TOO_LONG: 'A name has at most 253 characters',
  EMPTY_LABEL: 'There is nothing between two dots, or before the first',
  LABEL_TOO_LONG: 'A label (the part between dots) has at most 63 characters',
  BAD_CHARACTER: 'Only letters, digits, hyphens and dots are allowed',
  HYPHEN_EDGE: 'A label neither begins nor ends with a hyphen',
  HYPHEN_34: 'Hyphens in both the third and fourth place of a label are reserved',
  BAD_IDN: 'Not a valid internationalised name',
  MIXED_SCRIPTS:
    'A label mixes scripts that no language mixes, which registries refuse; in its xn-- form it is taken',
  IP_ADDRESS: 'An IP address is not a domain name',
  WILDCARD: 'A wildcard is not a name: give the names themselves',
  SINGLE_LABEL: 'The top-level domain is missing',
  UNKNOWN_TLD: 'The top-level domain is not on the Public Suffix List',
  IS_PUBLIC_SUFFIX: 'A public suffix: names are registered under it, it is not one itself',
} as const;

export type DomainNameReason = keyof typeof DOMAIN_NAME_REASONS;

/** The reasons that concern one label alone. */
export type LabelReason = Extract<
  DomainNameReason,
  'EMPTY_LABEL' | 'LABEL_TOO_LONG' | 'BAD_CHARACTER' | 'HYPHEN_EDGE' | 'HYPHEN_34' | 'BAD_IDN'
>;
