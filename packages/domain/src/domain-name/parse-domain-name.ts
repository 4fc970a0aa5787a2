import { labelProblem, MAX_LABEL_OCTETS, MAX_NAME_LENGTH } from './label.ts';
import { mixesScripts } from './mixed-scripts.ts';
import { suffixStanding } from './public-suffix.ts';
import { DOMAIN_NAME_REASONS, type DomainNameReason } from './reasons.ts';

export type ParsedDomainName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: DomainNameReason };

/** Longer lines are refused unread: no URL that names a host needs more. */
const MAX_LINE_LENGTH = 4_096;

const FAILURES = Object.fromEntries(
  Object.keys(DOMAIN_NAME_REASONS).map((reason) => [reason, { ok: false, reason }]),
) as Readonly<Record<DomainNameReason, ParsedDomainName>>;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const HYPHEN = 3;
const DOT = 4;
/** Class of each ASCII character in a plain lower-case name. */
const CLASS = new Uint8Array(128);
CLASS.fill(LETTER, 0x61, 0x7b);
CLASS.fill(DIGIT, 0x30, 0x3a);
CLASS[0x2d] = HYPHEN;
CLASS[0x2e] = DOT;

/** True for lower-case ASCII names of two labels or more in which no rule can fail but those on the suffix. */
function isPlainName(text: string): boolean {
  const length = text.length;
  if (length > MAX_NAME_LENGTH) return false;
  let labelStart = 0;
  let before = DOT;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? CLASS[code] : OTHER;
    if (kind === OTHER) return false;
    if (kind === DOT) {
      if (before === DOT || before === HYPHEN || at - labelStart > MAX_LABEL_OCTETS) return false;
      labelStart = at + 1;
    } else if (kind === HYPHEN && (before === DOT || (before === HYPHEN && at - labelStart === 3))) {
      return false;
    }
    before = kind as number;
  }
  if (labelStart === 0 || before === DOT || before === HYPHEN) return false;
  // A last label that begins with a digit is an address or a mistake: the long way says which.
  return length - labelStart <= MAX_LABEL_OCTETS && CLASS[text.charCodeAt(labelStart)] === LETTER;
}

function judgeSuffix(name: string): ParsedDomainName {
  switch (suffixStanding(name)) {
    case 'below':
      return { ok: true, name };
    case 'suffix':
      return FAILURES.IS_PUBLIC_SUFFIX;
    case 'unknown':
      return FAILURES.UNKNOWN_TLD;
  }
}

/** The host of a URL, of `host:port` and of `host/path`; other text as it is. */
function hostOf(line: string): string {
  const scheme = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.exec(line)?.[0] ?? '';
  const authority = line.slice(scheme.length).split(/[/?#\\]/, 1)[0] ?? '';
  // Only a URL has a user before its host: a bare `info@example.com` is an e-mail address, which is refused.
  const host = scheme === '' ? authority : authority.slice(authority.lastIndexOf('@') + 1);
  return host.replace(/^(\[[^\]]*\]|[^:]*):[0-9]{0,5}$/, '$1');
}

/** IPv6 in any notation that holds two colons, in brackets or not; IPv4 in each form that URLs allow. */
const isIpv6 = (host: string): boolean => /^\[?[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(%[^\]]*)?\]?$/i.test(host);
const isIpv4 = (host: string): boolean => /^(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}$/.test(host);

/** Lower-case ASCII by UTS 46 (which maps the ideographic and full-width dots too); null where it has no such form. */
function toAsciiName(host: string): string | null {
  return URL.parse(`http://${host.normalize('NFC')}`)?.hostname ?? null;
}

function parseAnyText(text: string): ParsedDomainName {
  if (text.length > MAX_LINE_LENGTH) return FAILURES.TOO_LONG;
  const line = text.trim();
  if (line === '') return FAILURES.EMPTY;
  const host = hostOf(line);
  if (host === '') return FAILURES.EMPTY_LABEL;
  if (isIpv6(host)) return FAILURES.IP_ADDRESS;
  if (/^\*\./.test(host)) return FAILURES.WILDCARD;
  // Before the URL parser sees it: it would read `%41` and drop tabs.
  if (/[\0-\x2c\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]/.test(host)) return FAILURES.BAD_CHARACTER;
  const isAscii = /^[\0-\x7f]*$/.test(host);
  const name = (isAscii ? host.toLowerCase() : toAsciiName(host))?.replace(/\.$/, '');
  if (name === undefined) return FAILURES.BAD_IDN;
  if (
    !isAscii &&
    host
      .normalize('NFC')
      .split(/[.\u3002\uff0e\uff61]/)
      .some(mixesScripts)
  )
    return FAILURES.MIXED_SCRIPTS;
  if (name === '') return FAILURES.EMPTY_LABEL;
  if (isIpv4(name)) return FAILURES.IP_ADDRESS;
  const labels = name.split('.');
  for (const label of labels) {
    const problem = labelProblem(label);
    if (problem !== null) return FAILURES[problem];
  }
  if (name.length > MAX_NAME_LENGTH) return FAILURES.TOO_LONG;
  return labels.length === 1 ? FAILURES.SINGLE_LABEL : judgeSuffix(name);
}

/**
 * Reads one line of what a person gave (a name, a URL, `host:port`; any case, IDN, with or without the trailing dot) as
 * a domain name in lower-case A-labels without the trailing dot, or says why it is none. Names below a public suffix of
 * the ICANN section are taken; hosts below a registrable domain are names too. Never throws.
 */
export function parseDomainName(text: string): ParsedDomainName {
  if (isPlainName(text)) return judgeSuffix(text);
  // Capitals and the ends of lines are no reason to go the long way.
  const folded = text.length > MAX_LINE_LENGTH ? text : text.trim().toLowerCase();
  return isPlainName(folded) ? judgeSuffix(folded) : parseAnyText(text);
}
