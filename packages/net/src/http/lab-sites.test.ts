import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { analysePage } from '@domainflow/domain/phases/analysis/analyse-page.ts';
import { httpConfigSchema } from '@domainflow/domain/phases/http/config.ts';
import { httpPhase } from '@domainflow/domain/phases/http/phase.ts';
import type { Evidence, PhaseItem, PhaseResult } from '@domainflow/domain/phases/phase.ts';
import { ResultList } from '@domainflow/domain/phases/testing/result-list.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import type { LabSite } from '@domainflow/lab/truth.ts';
import { allLabKeywords } from '@domainflow/lab/vocabulary.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngines } from '../engines.ts';

const TLDS = ['com', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'jp', 'co.uk', 'com.br'];
const KINDS =
  'live contact bare parked redirect chain towww loop notfound error500 forbidden slowsite reset expired selfsigned wronghost httponly bigpage malformed robotsdeny'.split(
    ' ',
  );
const NAMES = [
  ...KINDS.flatMap((kind) => TLDS.slice(0, 5).map((tld, index) => `${kind}-${index}.${tld}`)),
  ...Array.from({ length: 500 }, (_, index) => `site${index}.${TLDS[index % TLDS.length]}`),
];

let lab: Lab;
let names: string[] = [];
const results = new Map<string, PhaseResult>();
const pages = new Map<string, PageFeatures>();
const persona = httpPersonaSchema.parse({ timeoutMs: 5_000, concurrency: 100 });

const siteOf = (name: string): LabSite => {
  const { site } = lab.truth(name);
  if (site === null) throw new Error(`${name} has no site`);
  return site;
};
const addressesOf = (name: string): string[] => [...lab.truth(name).dns.a, ...lab.truth(name).dns.aaaa];

/** The truth for a client that obeys robots.txt: what forbids everything, or fails, is not fetched. */
function expectedOf(name: string): Omit<LabSite['http'], 'verdict'> & { verdict: string } {
  const { kind, http } = siteOf(name);
  if (kind === 'robotsdeny') return { verdict: 'ROBOTS_DENIED', statusCode: null, finalUrl: null };
  return kind === 'error500' ? { ...http, finalUrl: null } : http;
}

async function runPhase(visited: readonly string[], timeoutMs = persona.timeoutMs): Promise<void> {
  const engines = createEngines({ labJson: JSON.stringify(lab), allowedTargets: [] });
  const items: PhaseItem[] = visited.map((name, ordinal) => {
    const prior: Evidence | null = ordinal % 3 === 0 ? null : { addresses: addressesOf(name) };
    return { ordinal, name, prior };
  });
  const sink = new ResultList();
  const batch = {
    plan: {
      config: httpConfigSchema.parse({}),
      persona: { ...persona, timeoutMs },
      lookupPersona: { resolvers: [`${lab.dns.host}:${lab.dns.port}`] },
      keywordRules: [],
    },
    lo: 0,
    hi: items.length,
    items,
    loaded: items,
    sink,
    signal: new AbortController().signal,
    onDrained: () => {},
  };
  for await (const _ of httpPhase.run(batch, engines.ports));
  for (const result of sink.taken) results.set(visited[result.ordinal] as string, result);
  for (const [ordinal, { page }] of sink.kept)
    if (page !== undefined) pages.set(visited[ordinal] as string, page);
  await engines.close();
}

beforeAll(async () => {
  lab = await startLab({ seed: 'http-test', existRate: 0.9 });
  const resolving = NAMES.filter((name) => lab.truth(name).site !== null);
  const tarpits = resolving.filter((name) => siteOf(name).kind === 'tarpit');
  names = resolving.filter((name) => siteOf(name).kind !== 'tarpit');
  await runPhase(names);
  await runPhase([...tarpits, 'tarpit-0.com'], 500);
  names.push(...tarpits, 'tarpit-0.com');
}, 60_000);

afterAll(() => lab.close());

describe('sites of the lab', () => {
  it('gets the verdict of the truth for every name', () => {
    const wrong = names.flatMap((name) => {
      const { verdict, statusCode, finalUrl } = expectedOf(name);
      const result = results.get(name);
      const seen = [result?.verdict, result?.code, result?.evidence['finalUrl'] ?? null];
      const want = [verdict, statusCode, finalUrl];
      return JSON.stringify(seen) === JSON.stringify(want)
        ? []
        : [{ name, seen, want, hops: result?.evidence['hops'] }];
    });
    expect(wrong).toEqual([]);
    expect(results.size).toBe(names.length);
  });

  it('sees every verdict that the lab has', () => {
    const seen = new Set([...results.values()].map(({ verdict }) => verdict));
    expect([...seen].sort()).toEqual(
      [
        'CONNECTION_RESET',
        'ERROR',
        'NOT_FOUND',
        'OK',
        'ROBOTS_DENIED',
        'SSL_EXPIRED',
        'TIMEOUT',
        'TLS_ERROR',
        'UPSTREAM_5XX',
      ].sort(),
    );
  });

  it('keeps the facts of certificates', () => {
    const result = [...results.values()].find(
      ({ evidence }) => typeof evidence['finalUrl'] === 'string' && evidence['finalUrl'].startsWith('https:'),
    );
    expect(result?.evidence['tls']).toMatchObject({
      protocol: expect.stringMatching(/^TLSv1/),
      names: expect.any(Array),
    });
  });

  it('reads title, description and language as the truth has them, in every charset, coding and framing', () => {
    const wrong = [...pages].flatMap(([name, page]) => {
      const { title, description, lang } = siteOf(name);
      const seen = [page.title, page.description, page.language?.split('-')[0] ?? null];
      const want = [title, description, lang];
      return JSON.stringify(seen) === JSON.stringify(want) ? [] : [{ name, seen, want }];
    });
    expect(wrong).toEqual([]);
    expect(pages.size).toBe([...results.values()].filter(({ verdict }) => verdict === 'OK').length);
  });

  it('finds exactly the keywords, contacts, technologies and parked pages of the truth', () => {
    const matcher = compileKeywords(allLabKeywords.map((pattern) => keywordRuleSchema.parse({ pattern })));
    const wrong = [...pages].flatMap(([name, page]) => {
      const site = siteOf(name);
      const { evidence, lead, verdict } = analysePage(page, { matcher: compileKeywords([]), minScore: 0 });
      const matches = matcher.matchPage(page).filter(({ place }) => place !== 'url');
      const contacts = lead?.contacts ?? [];
      const technologies = (evidence['technologies'] ?? []) as string[];
      const valuesOf = (kind: string): string[] =>
        contacts
          .filter((contact) => contact.kind === kind)
          .map(({ value }) => value)
          .sort();
      const seen = {
        keywords: [...new Set(matches.map(({ keyword }) => keyword))].sort(),
        emails: valuesOf('email'),
        phones: valuesOf('phone'),
        socials: valuesOf('social'),
        // The truth lists what a page shows, not what that implies.
        technologies: technologies.filter((technology) => technology !== 'PHP').sort(),
        organisation: lead?.organisation ?? null,
        parked: verdict === 'PARKED',
      };
      const want = {
        keywords: site.keywords,
        emails: [...site.emails].sort(),
        phones: [...site.phones].sort(),
        socials: [...site.socials].sort(),
        technologies: [...site.technologies].sort(),
        organisation: site.organisation,
        parked: site.parked,
      };
      return JSON.stringify(seen) === JSON.stringify(want) ? [] : [{ name, seen, want }];
    });
    expect(wrong).toEqual([]);
  });
});
