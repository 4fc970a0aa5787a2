import { parse } from 'tldts';
import { labelProblem, MAX_NAME_LENGTH, toALabel } from './label.ts';
import type { DomainNameReason } from './reasons.ts';

const ICANN_ONLY = { extractHostname: false, validateHostname: false, detectIp: false, mixedInputs: false };
const WITH_PRIVATE = { ...ICANN_ONLY, allowPrivateDomains: true };

/**
 * How a lower-case ASCII name stands to the ICANN section of the Public Suffix List: `below` a suffix, `suffix` itself,
 * or under a top-level domain that the list does not have. Names like `github.io`, suffixes of the private section, are
 * registered names and so `below`.
 */
export function suffixStanding(name: string): 'below' | 'suffix' | 'unknown' {
  const { isIcann, domain } = parse(name, ICANN_ONLY);
  if (isIcann !== true) return 'unknown';
  return domain === null ? 'suffix' : 'below';
}

/** Suffixes of the ICANN section with no other below them: many names, so they are not asked about one by one. */
const WITHOUT_DEEPER_SUFFIXES: ReadonlySet<string> = new Set(['com', 'net', 'org', 'info', 'eu', 'de', 'ch']);

/** Whether a label below `suffix` could be a public suffix itself, as `co` is below `uk`. */
export const hasDeeperSuffixes = (suffix: string): boolean => !WITHOUT_DEEPER_SUFFIXES.has(suffix);

/** A registrable domain in its two parts, by the ICANN section of the list; null where `name` is not below a suffix. */
export function splitRegistrable(name: string): { readonly label: string; readonly suffix: string } | null {
  const { isIcann, domainWithoutSuffix, publicSuffix } = parse(name, ICANN_ONLY);
  if (isIcann !== true || domainWithoutSuffix === null || publicSuffix === null) return null;
  return domainWithoutSuffix === '' ? null : { label: domainWithoutSuffix, suffix: publicSuffix };
}

export type PublicSuffix =
  | { readonly ok: true; readonly suffix: string; readonly section: 'icann' | 'private' }
  | { readonly ok: false; readonly reason: DomainNameReason };

/**
 * Reads a public suffix as a person types it (`.com`, `co.uk`, `рф`): lower-case A-labels, without dots at the ends, and
 * the section of the Public Suffix List that has it. `UNKNOWN_TLD` where neither has.
 */
export function parsePublicSuffix(text: string): PublicSuffix {
  const typed = text
    .trim()
    .replaceAll(/[\u3002\uff0e\uff61]/g, '.')
    .replace(/^\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (typed === '') return { ok: false, reason: 'EMPTY' };
  if (typed.length > MAX_NAME_LENGTH) return { ok: false, reason: 'TOO_LONG' };
  const labels: string[] = [];
  for (const label of typed.split('.')) {
    const isAscii = /^[\0-\x7f]*$/.test(label);
    if (/[\0-\x2c\x2e\x2f\x3a-\x60\x7b-\x7f]/.test(label)) return { ok: false, reason: 'BAD_CHARACTER' };
    const ascii = isAscii ? label : toALabel(label);
    const problem = ascii === null ? 'BAD_IDN' : labelProblem(ascii);
    if (ascii === null || problem !== null) return { ok: false, reason: problem ?? 'BAD_IDN' };
    labels.push(ascii);
  }
  const suffix = labels.join('.');
  if (suffix.length > MAX_NAME_LENGTH) return { ok: false, reason: 'TOO_LONG' };
  const found = parse(suffix, WITH_PRIVATE);
  if (found.domain !== null || (found.isIcann !== true && found.isPrivate !== true)) {
    return { ok: false, reason: 'UNKNOWN_TLD' };
  }
  return { ok: true, suffix, section: found.isIcann === true ? 'icann' : 'private' };
}

/** True where `suffix` (`com`, `.co.uk`, `рф`) is on the Public Suffix List, in either section. */
export const isKnownTld = (suffix: string): boolean => parsePublicSuffix(suffix).ok;
