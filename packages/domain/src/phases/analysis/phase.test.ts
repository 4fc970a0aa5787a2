import { describe, expect, it } from 'vitest';
import type { PageFeatures } from '../../content/page-features.ts';
import { pageFixture } from '../../content/page-fixture.ts';
import { keywordRuleSchema } from '../../keyword/keyword-rule.ts';
import type { PhaseChunk, PhasePorts } from '../phase.ts';
import { ResultList } from '../testing/result-list.ts';
import { analysisPhase } from './phase.ts';

const ports = {} as PhasePorts;
const rules = [keywordRuleSchema.parse({ pattern: 'invoice', weight: 30 })];
const page = (fields: Partial<PageFeatures>): PageFeatures =>
  pageFixture({ title: 'Acme', language: 'en', ...fields });

async function run(
  pages: readonly (PageFeatures | null)[],
  keywordRules = rules,
  signal = new AbortController().signal,
): Promise<PhaseChunk[]> {
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
  const batch = { plan, lo: 0, hi: items.length, items, sink: new ResultList(), signal, onDrained: () => {} };
  const chunks: PhaseChunk[] = [];
  for await (const chunk of analysisPhase.run(batch, ports)) chunks.push(chunk);
  return chunks;
}

const verdictsOf = (chunks: readonly PhaseChunk[]): string[] =>
  chunks.flatMap(({ results }) => results ?? []).map(({ verdict }) => verdict);

describe('analysis', () => {
  it('gives each kind of page its verdict, and a lead only where it says so', async () => {
    const chunks = await run([
      page({ text: 'We send an invoice' }),
      page({ text: 'We send nothing' }),
      page({ text: 'This domain is for sale: invoice' }),
      null,
      page({ text: 'a bad word', jsonLd: [] }),
    ]);
    expect(verdictsOf(chunks)).toEqual(['OK', 'NO_KEYWORDS', 'PARKED', 'NO_PAGE', 'NO_KEYWORDS']);
    expect(chunks.flatMap(({ leads }) => leads ?? [])).toMatchObject([
      { ordinal: 0, domain: 'n0.com', lead: { score: 37, keywordMatches: [{ keyword: 'invoice' }] } },
    ]);
    const [first, , , fourth] = chunks.flatMap(({ results }) => results ?? []);
    expect([first?.code, fourth?.code]).toEqual([37, null]);
  });

  it('scores without keywords where none are configured', async () => {
    expect(verdictsOf(await run([page({ text: 'little' })], []))).toEqual(['NO_LEAD']);
    const rich = page({ text: `Tel. +49 30 3456789 ${'text '.repeat(200)}`, links: ['mailto:a@firma.de'] });
    expect(verdictsOf(await run([rich], []))).toEqual(['OK']);
  });

  it('hands over often enough for the event loop, each item once', async () => {
    const pages = Array.from({ length: 200 }, () => page({ text: 'word invoice '.repeat(1_500) }));
    const chunks = await run(pages);
    expect(chunks.length).toBeGreaterThan(10);
    const withMore = pages.map((home) => ({ ...home, furtherPages: [home, home, home] }));
    expect((await run(withMore)).length).toBeGreaterThan(chunks.length * 3);
    expect(chunks.flatMap(({ results }) => results ?? []).map(({ ordinal }) => ordinal)).toEqual(
      pages.map((_, i) => i),
    );
  });

  it('ends on abort', async () => {
    expect(await run([page({})], rules, AbortSignal.abort())).toEqual([]);
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
