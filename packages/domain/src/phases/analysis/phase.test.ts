import { describe, expect, it } from 'vitest';
import type { PageFeatures } from '../../content/page-features.ts';
import { pageFixture } from '../../content/page-fixture.ts';
import { keywordRuleSchema } from '../../keyword/keyword-rule.ts';
import type { Kept, PhasePorts, PhaseResult } from '../phase.ts';
import { ResultList } from '../testing/result-list.ts';
import { analysisPhase } from './phase.ts';

const ports = {} as PhasePorts;
const rules = [keywordRuleSchema.parse({ pattern: 'invoice', weight: 30 })];
const page = (fields: Partial<PageFeatures>): PageFeatures =>
  pageFixture({ title: 'Acme', language: 'en', ...fields });

interface Run {
  readonly chunks: number;
  readonly results: readonly PhaseResult[];
  readonly leads: readonly NonNullable<Kept['lead']>[];
}

async function run(
  pages: readonly (PageFeatures | null)[],
  keywordRules = rules,
  signal = new AbortController().signal,
): Promise<Run> {
  const items = pages.map((given, ordinal) => ({
    ordinal,
    name: `n${ordinal}.com`,
    prior: null,
    page: given,
  }));
  const plan = {
    config: { keywordSetIds: [], scoreProfileId: null, minScore: 20 },
    persona: null,
    lookupPersona: null,
    keywordRules,
  };
  const sink = new ResultList();
  const batch = { plan, lo: 0, hi: items.length, items, loaded: items, sink, signal, onDrained: () => {} };
  let chunks = 0;
  for await (const { held } of analysisPhase.run(batch, ports)) chunks += held === undefined ? 0 : 1;
  return { chunks, results: sink.taken, leads: [...sink.kept.values()].flatMap(({ lead }) => lead ?? []) };
}

const verdictsOf = ({ results }: Run): string[] => results.map(({ verdict }) => verdict);

describe('analysis', () => {
  it('gives each kind of page its verdict, and a lead only where it says so', async () => {
    const found = await run([
      page({ text: 'We send an invoice' }),
      page({ text: 'We send nothing' }),
      page({ text: 'This domain is for sale: invoice' }),
      null,
      page({ text: 'a bad word', jsonLd: [] }),
    ]);
    expect(verdictsOf(found)).toEqual(['OK', 'NO_KEYWORDS', 'PARKED', 'NO_PAGE', 'NO_KEYWORDS']);
    expect(found.leads).toMatchObject([
      { domain: 'n0.com', record: { score: 37, keywordMatches: [{ keyword: 'invoice' }] } },
    ]);
    const [first, , , fourth] = found.results;
    expect([first?.code, fourth?.code]).toEqual([37, null]);
  });

  it('scores without keywords where none are configured', async () => {
    expect(verdictsOf(await run([page({ text: 'little' })], []))).toEqual(['NO_LEAD']);
    const rich = page({ text: `Tel. +49 30 3456789 ${'text '.repeat(200)}`, links: ['mailto:a@firma.de'] });
    expect(verdictsOf(await run([rich], []))).toEqual(['OK']);
  });

  it('hands over often enough for the event loop, each item once', async () => {
    const pages = Array.from({ length: 200 }, () => page({ text: 'word invoice '.repeat(1_500) }));
    const { chunks, results } = await run(pages);
    expect(chunks).toBeGreaterThan(10);
    const withMore = pages.map((home) => ({ ...home, furtherPages: [home, home, home] }));
    expect((await run(withMore)).chunks).toBeGreaterThan(chunks * 3);
    expect(results.map(({ ordinal }) => ordinal)).toEqual(pages.map((_, i) => i));
  });

  it('ends on abort', async () => {
    expect((await run([page({})], rules, AbortSignal.abort())).chunks).toBe(0);
  });

  it('has a verdict entry for each name that it gives', () => {
    expect(Object.keys(analysisPhase.verdicts)).toEqual([
      'OK',
      'NO_KEYWORDS',
      'NO_LEAD',
      'PARKED',
      'NO_PAGE',
      'SUPPRESSED',
      'ERROR',
    ]);
  });
});
