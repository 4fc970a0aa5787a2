/** TLD whose every label answers. */
export const WILDCARD_TLD = 'ws';
/** TLD under which nothing exists (RFC 6761, section 6.4). */
export const EMPTY_TLD = 'invalid';

/** Second-level labels that are public suffixes under two-letter TLDs: `co.uk`, `com.au`, `or.jp`. */
const SECOND_LEVEL = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu', 'ne', 'or', 'gv']);

/** Host labels that follow their zone: they exist where it does, with its addresses. */
const HOST_LABELS = new Set(['www', 'mail', 'ns1', 'ns2']);

/** A name taken apart: `mail.shop.co.uk` is zone `shop.co.uk`, suffix `co.uk`, first label `mail`. */
export interface NameParts {
  suffix: string;
  /** The registrable domain, or '' for a public suffix and the root. */
  zone: string;
  /** The name without one leading host label (`www`, `mail`, `ns1`, `ns2`) below its zone. */
  owner: string;
  firstLabel: string;
}

/**
 * Takes apart a lower-case name without trailing dot. Public suffixes are the TLDs and a few second-level forms. Runs
 * for every query, so it looks for dots instead of making lists.
 */
export function partsOf(name: string): NameParts {
  const firstDot = name.indexOf('.');
  if (firstDot < 0) return { suffix: name, zone: '', owner: name, firstLabel: name };
  const firstLabel = name.slice(0, firstDot);
  const lastDot = name.lastIndexOf('.');
  let suffixAt = lastDot + 1;
  if (name.length - suffixAt === 2) {
    const secondAt = lastDot === firstDot ? 0 : name.lastIndexOf('.', lastDot - 1) + 1;
    if (SECOND_LEVEL.has(name.slice(secondAt, lastDot))) suffixAt = secondAt;
  }
  if (suffixAt === 0) return { suffix: name, zone: '', owner: name, firstLabel };
  const suffix = name.slice(suffixAt);
  const zoneAt = suffixAt - 1 === firstDot ? 0 : name.lastIndexOf('.', suffixAt - 2) + 1;
  if (zoneAt === 0) return { suffix, zone: name, owner: name, firstLabel };
  const owner = HOST_LABELS.has(firstLabel) ? name.slice(firstDot + 1) : name;
  return { suffix, zone: name.slice(zoneAt), owner, firstLabel };
}

/**
 * True for a label as wildcard probes make them: exactly 16 letters or digits. No such name exists in the lab unless
 * its zone is a wildcard; otherwise three names in ten would answer to a probe.
 */
export function isProbeLabel(label: string): boolean {
  return label.length === 16 && /^[a-z0-9]+$/.test(label);
}
