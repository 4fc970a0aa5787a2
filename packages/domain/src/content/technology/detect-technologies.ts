import type { LeadFindings } from '../../scoring/lead-findings.ts';
import { type PageFeatures, upgradeFeatures } from '../page-features.ts';
import { storableText } from '../storable-text.ts';
import { type CompiledFingerprints, compileFingerprints, DNS_PLACES } from './compile-fingerprints.ts';
import type { DnsPlace } from './fingerprint.ts';
import { OWN_FINGERPRINTS } from './own-fingerprints.ts';
import { type Pattern, versionOf } from './pattern.ts';
import type { PatternIndex } from './pattern-index.ts';
import { rewrittenSource } from './rewritten-source.ts';

export type Technology = LeadFindings['technologies'][number];

/** Records of the domain, where the DNS phase kept them. */
export type DnsFacts = Readonly<Partial<Record<DnsPlace, readonly string[]>>>;

/** Weaker signs alone do not make a finding. */
const LEAST_CONFIDENCE = 40;

interface Found {
  version: string | null;
  evidence: string;
  confidence: number;
}

let own: CompiledFingerprints | null = null;

/** The platform's own fingerprints, compiled once. */
export function ownFingerprints(): CompiledFingerprints {
  own ??= compileFingerprints([{ set: OWN_FINGERPRINTS, engine: 'own' }]);
  return own;
}

/**
 * Technologies that a page, further ones of its site and its domain's records show, each with its version where it says it, how sure it is (0 to
 * 100; signs add up) and what was seen.
 */
export function detectTechnologies(
  page: PageFeatures,
  dns: DnsFacts = {},
  known: CompiledFingerprints = ownFingerprints(),
): Technology[] {
  const found = new Map<string, Found>();
  const see = (technology: string, confidence: number, version: string | null, evidence: string): void => {
    const before = found.get(technology);
    if (before === undefined) {
      found.set(technology, { version, evidence: storableText(evidence, 200), confidence });
      return;
    }
    before.confidence = Math.min(100, before.confidence + confidence);
    // A version says more than what was seen first.
    if (version === null || (before.version !== null && before.version.length >= version.length)) return;
    before.version = version;
    before.evidence = storableText(evidence, 200);
  };
  const test = (pattern: Pattern, value: string, where: string): void => {
    const match = pattern.exec(value);
    if (match === null) return;
    see(pattern.technology, pattern.confidence, versionOf(pattern, match), `${where}: ${value}`);
  };
  const testAll = (index: PatternIndex, values: readonly string[], where: string, prefix = ''): void => {
    index.eachCandidate(values, (pattern, value) => test(pattern, value, where), prefix);
  };
  const testNamed = (
    indexes: ReadonlyMap<string, PatternIndex>,
    values: Readonly<Record<string, string>>,
    where: string,
    on: string,
  ): void => {
    for (const [name, value] of Object.entries(values)) {
      const index = indexes.get(name);
      if (index !== undefined) testAll(index, [value], `${where} ${name}${on}`);
    }
  };

  for (const stored of [page, ...(page.furtherPages ?? [])]) {
    const read = upgradeFeatures(stored);
    // Where it was seen, unless on the page itself.
    const on = stored === page ? '' : ` on ${read.finalUrl}`;
    testNamed(known.headers, read.headers, 'header', on);
    for (const cookie of (read.headers['set-cookie'] ?? '').split(', ')) {
      for (const technology of known.cookies.get(cookie) ?? [])
        see(technology, 100, null, `cookie${on}: ${cookie}`);
      for (const { prefix, technology } of cookie === '' ? [] : known.cookiePrefixes)
        if (cookie.startsWith(prefix)) see(technology, 100, null, `cookie${on}: ${cookie}`);
    }
    testNamed(known.meta, read.meta, 'meta', on);
    testAll(known.scripts, read.resources, `resource${on}`);
    testAll(known.scripts, read.scriptUrls, `script${on}`);
    testAll(known.html, read.markup, `markup${on}`);
    testAll(known.html, read.classes, `markup${on}`, 'class=');
    for (const name of read.globals)
      for (const technology of known.globals.get(name) ?? [])
        see(technology, 100, null, `variable${on}: ${name}`);
    for (const account of read.trackers)
      for (const technology of known.trackers.get(account.slice(0, account.indexOf(':'))) ?? [])
        see(technology, 100, null, `account${on}: ${account}`);
    testAll(known.links, linksAway(read), `link${on}`);
    testAll(known.url, [read.finalUrl], `url${on}`);
    if (known.text.size > 0) testAll(known.text, [read.text], `text${on}`);
    if (known.source.size > 0) testAll(known.source, [...rewrittenSource(read)], `source${on}`);
  }
  for (const place of DNS_PLACES) testAll(known.dns[place], dns[place] ?? [], `DNS ${place.toUpperCase()}`);
  return conclude(found, known);
}

/** Links to other sites. */
function linksAway({ links, finalUrl }: PageFeatures): string[] {
  const own = finalUrl.slice(0, finalUrl.indexOf('/', 'https://'.length) + 1);
  const away: string[] = [];
  for (const link of links) if (!link.startsWith(own) && link.startsWith('http')) away.push(link);
  return away;
}

/** Adds what is implied, takes out what is excluded and what is too weak. */
function conclude(found: Map<string, Found>, { set, implications }: CompiledFingerprints): Technology[] {
  for (const [name, { confidence }] of found) if (confidence < LEAST_CONFIDENCE) found.delete(name);
  // A map that grows while it is gone through visits what is added: implied ones imply in turn.
  for (const [name, { confidence }] of found) {
    for (const { technology, most } of implications.get(name) ?? []) {
      const sure = Math.min(confidence, most);
      if (sure >= LEAST_CONFIDENCE && !found.has(technology))
        found.set(technology, { version: null, evidence: `implied by ${name}`, confidence: sure });
    }
  }
  for (const name of [...found.keys()])
    for (const excluded of set[name]?.excludes ?? []) found.delete(excluded);
  return [...found].map(([name, { version, evidence, confidence }]) => ({
    name,
    version,
    evidence,
    confidence,
    categories: [...(set[name]?.categories ?? [])],
  }));
}
