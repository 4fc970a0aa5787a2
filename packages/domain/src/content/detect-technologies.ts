import type { LeadFindings } from '../scoring/lead-findings.ts';
import type { PageFeatures } from './page-features.ts';
import { storableText } from './storable-text.ts';
import { TECHNOLOGY_FINGERPRINTS, type TechnologyFingerprint } from './technology-fingerprints.ts';

export type Technology = LeadFindings['technologies'][number];

interface Probe {
  readonly technology: string;
  readonly pattern: RegExp;
}

/** Probes by where they look, so that a page costs what it has, not what is known. */
interface Probes {
  readonly headers: ReadonlyMap<string, readonly Probe[]>;
  readonly meta: ReadonlyMap<string, readonly Probe[]>;
  readonly scripts: readonly Probe[];
  readonly html: readonly Probe[];
  readonly implies: ReadonlyMap<string, readonly string[]>;
}

/** Prepares fingerprints for `detectTechnologies`. */
export function compileFingerprints(fingerprints: Readonly<Record<string, TechnologyFingerprint>>): Probes {
  const headers = new Map<string, Probe[]>();
  const meta = new Map<string, Probe[]>();
  const scripts: Probe[] = [];
  const html: Probe[] = [];
  const implies = new Map<string, readonly string[]>();
  const add = (map: Map<string, Probe[]>, key: string, probe: Probe): void => {
    const probes = map.get(key);
    if (probes === undefined) map.set(key, [probe]);
    else probes.push(probe);
  };
  for (const [technology, fingerprint] of Object.entries(fingerprints)) {
    const probe = (pattern: string): Probe => ({ technology, pattern: new RegExp(pattern, 'i') });
    for (const [name, pattern] of Object.entries(fingerprint.headers ?? {}))
      add(headers, name, probe(pattern));
    for (const [name, pattern] of Object.entries(fingerprint.meta ?? {})) add(meta, name, probe(pattern));
    scripts.push(...(fingerprint.scripts ?? []).map(probe));
    html.push(...(fingerprint.html ?? []).map(probe));
    if (fingerprint.implies !== undefined) implies.set(technology, fingerprint.implies);
  }
  return { headers, meta, scripts, html, implies };
}

let builtIn: Probes | null = null;

/** Technologies that a page shows, each with its version where it says it, and with what was seen. */
export function detectTechnologies(page: PageFeatures, probes: Probes = builtInProbes()): Technology[] {
  const found = new Map<string, { name: string; version: string | null; evidence: string }>();
  const test = (candidates: readonly Probe[] | undefined, value: string, where: string): void => {
    for (const { technology, pattern } of candidates ?? []) {
      const known = found.get(technology);
      if (known !== undefined && known.version !== null) continue;
      const match = pattern.exec(value);
      if (match === null) continue;
      const version = match.slice(1).find((group) => group !== undefined) ?? null;
      if (known !== undefined && version === null) continue;
      found.set(technology, { name: technology, version, evidence: storableText(`${where}: ${value}`, 200) });
    }
  };
  for (const [name, value] of Object.entries(page.headers))
    test(probes.headers.get(name), value, `header ${name}`);
  for (const [name, value] of Object.entries(page.meta)) test(probes.meta.get(name), value, `meta ${name}`);
  for (const url of page.resources) test(probes.scripts, url, 'resource');
  for (const mark of page.markup) test(probes.html, mark, 'markup');
  for (const { name } of [...found.values()]) {
    for (const implied of probes.implies.get(name) ?? []) {
      if (!found.has(implied))
        found.set(implied, { name: implied, version: null, evidence: `implied by ${name}` });
    }
  }
  return [...found.values()];
}

function builtInProbes(): Probes {
  builtIn ??= compileFingerprints(TECHNOLOGY_FINGERPRINTS);
  return builtIn;
}
