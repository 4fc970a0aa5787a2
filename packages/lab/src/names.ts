/** TLD whose every label answers. */
export const WILDCARD_TLD = 'ws';
/** TLD under which nothing exists (RFC 6761, section 6.4). */
export const EMPTY_TLD = 'invalid';

/** Second-level labels that are public suffixes under two-letter TLDs: `co.uk`, `com.au`, `or.jp`. */
const SECOND_LEVEL = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu', 'ne', 'or', 'gv']);

/** Host labels that follow their zone: they exist where it does, with its addresses. */
const HOST_LABELS = new Set(['www', 'mail', 'ns1', 'ns2']);

/** A name taken apart: `mail.shop.co.uk` is zone `shop.co.uk`, suffix `co.uk`, host labels `['mail']`. */
export interface NameParts {
  labels: string[];
  suffix: string;
  /** The registrable domain, or '' for a public suffix and the root. */
  zone: string;
  /** The name without one leading host label (`www`, `mail`, `ns1`, `ns2`) below its zone. */
  owner: string;
}

/** Takes apart a lower-case name without trailing dot. Public suffixes are the TLDs and a few second-level forms. */
export function partsOf(name: string): NameParts {
  const labels = name === '' ? [] : name.split('.');
  const count = labels.length;
  const tld = labels[count - 1] ?? '';
  const suffixLength = count >= 2 && tld.length === 2 && SECOND_LEVEL.has(labels[count - 2] ?? '') ? 2 : 1;
  const suffix = labels.slice(count - suffixLength).join('.');
  const zone = count > suffixLength ? labels.slice(count - suffixLength - 1).join('.') : '';
  const below = count - suffixLength - 1;
  const owner = below > 0 && HOST_LABELS.has(labels[0] ?? '') ? labels.slice(1).join('.') : name;
  return { labels, suffix, zone, owner };
}

/**
 * True for a label as wildcard probes make them: exactly 16 letters or digits. No such name exists in the lab unless
 * its zone is a wildcard; otherwise three names in ten would answer to a probe.
 */
export function isProbeLabel(label: string): boolean {
  return label.length === 16 && /^[a-z0-9]+$/.test(label);
}
