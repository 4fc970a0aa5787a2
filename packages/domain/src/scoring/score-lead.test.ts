import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageFixture } from '../content/page-fixture.ts';
import type { Contact, KeywordMatch } from './lead-findings.ts';
import { type PageFindings, pageFacts, shortFacts } from './page-facts.ts';
import { scoreLead } from './score-lead.ts';
import { DEFAULT_SCORE_PROFILE, scoreProfileSchema } from './score-profile.ts';

const match = (fields: Partial<KeywordMatch> = {}): KeywordMatch => ({
  keyword: 'invoice',
  category: '',
  weight: 10,
  place: 'text',
  count: 1,
  matchContext: 'an invoice here',
  ...fields,
});
const contact = (fields: Partial<Contact> = {}): Contact => ({
  kind: 'email',
  value: 'a@firma.de',
  place: 'mailto',
  sourceUrl: 'https://firma.de/',
  confidence: 0.9,
  ...fields,
});
const grounds = (fields: Partial<PageFindings> = {}): PageFindings => ({
  page: pageFixture(),
  keywordMatches: [],
  contacts: [],
  organisation: null,
  technologies: [],
  parked: { isParked: false, reasons: [] },
  ...fields,
});
const factsOf = (fields: Partial<PageFindings> = {}) => pageFacts(grounds(fields));
const pointsOf = (fields: Partial<PageFindings>, part: string): number =>
  scoreLead(factsOf(fields))
    .parts.filter((candidate) => candidate.part === part)
    .reduce((sum, { points }) => sum + points, 0);

describe('scores', () => {
  const anyMatch = fc.record({
    keyword: fc.string({ minLength: 1, maxLength: 3 }),
    category: fc.constantFrom('', 'x'),
    weight: fc.double({ min: -100, max: 100, noNaN: true }),
    place: fc.constantFrom('title', 'heading', 'meta', 'text', 'url' as const),
    count: fc.integer({ min: 1, max: 50 }),
    matchContext: fc.string(),
  });
  const anyGrounds = fc.record({
    page: fc
      .record({
        title: fc.option(fc.string()),
        language: fc.option(fc.constant('de')),
        text: fc.string({ maxLength: 900 }),
      })
      .map((fields) => pageFixture(fields)),
    keywordMatches: fc.array(anyMatch as fc.Arbitrary<KeywordMatch>, { maxLength: 60 }),
    contacts: fc.array(
      fc
        .record({ kind: fc.constantFrom('email', 'phone', 'social' as const) })
        .map((fields) => contact(fields as Partial<Contact>)),
      { maxLength: 5 },
    ),
    organisation: fc.option(fc.string()),
    technologies: fc.array(fc.constant({ name: 'Nginx', version: null, evidence: 'header' }), {
      maxLength: 20,
    }),
    parked: fc.boolean().map((isParked) => ({ isParked, reasons: isParked ? ['for sale'] : [] })),
  });

  it('are whole, from 0 to 100, and the sum of parts that each say why', () => {
    fc.assert(
      fc.property(anyGrounds, (given) => {
        const { score, parts } = scoreLead(pageFacts(given as PageFindings));
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
        expect(
          parts.every(({ points, reason }) => Number.isInteger(points) && points !== 0 && reason !== ''),
        ).toBe(true);
      }),
    );
  });

  it('count a keyword once, in its best place', () => {
    const matches = [match(), match({ place: 'title' }), match({ place: 'url' })];
    expect(pointsOf({ keywordMatches: matches }, 'keyword')).toBe(15);
    expect(pointsOf({ keywordMatches: [match({ count: 5 })] }, 'keyword')).toBe(12);
    expect(pointsOf({ keywordMatches: [match({ weight: -20 })] }, 'keyword')).toBe(-20);
  });

  it('bound what keywords bring together', () => {
    const keywordMatches = Array.from({ length: 30 }, (_, index) => match({ keyword: `k${index}` }));
    expect(pointsOf({ keywordMatches }, 'keyword')).toBe(300);
    expect(pointsOf({ keywordMatches }, 'keyword_limit')).toBe(-240);
  });

  it('name their evidence', () => {
    const { parts } = scoreLead(
      factsOf({
        keywordMatches: [match()],
        contacts: [contact(), contact({ value: 'b@firma.de', confidence: 0.5 })],
      }),
    );
    expect(parts[0]?.reason).toContain('an invoice here');
    expect(parts[1]?.reason).toBe('a@firma.de (mailto) and 1 more');
  });

  it('take parked pages to nothing', () => {
    const parked = { isParked: true, reasons: ['The page says: "for sale"'] };
    expect(scoreLead(factsOf({ keywordMatches: [match()], parked })).score).toBe(0);
  });

  it('are the same from what is kept in short', () => {
    fc.assert(
      fc.property(anyGrounds, (given) => {
        const facts = pageFacts(given as PageFindings);
        expect(scoreLead(shortFacts(facts)).score).toBe(scoreLead(facts).score);
      }),
    );
  });

  it('follow the weights of a profile, each within its cap', () => {
    const technologies = ['Shopify', 'nginx'].map((name) => ({
      name,
      version: null,
      evidence: 'x',
      categories: name === 'Shopify' ? ['shop'] : ['server'],
    }));
    const page = pageFixture({
      language: 'de-AT',
      text: 'Copyright (c) 2019 – 2025 Firma',
      finalUrl: 'https://firma.at/',
    });
    const facts = factsOf({
      page,
      technologies,
      keywordMatches: [match({ category: 'buy' })],
      contacts: [contact({ flags: ['free'] })],
    });
    const profile = scoreProfileSchema.parse({
      keywords: { categoryFactor: { buy: 3 } },
      technologies: { byCategory: { shop: 12 }, byName: { nginx: -4 }, max: 7 },
      contacts: { onlyFreeEmail: -3, max: 5 },
      freshness: { sinceYear: 2025, fresh: 4, stale: -4 },
      match: { languages: ['DE'], languageMatch: 5, countries: ['de'], countryOther: -6 },
    });
    const points = Object.fromEntries(
      scoreLead(facts, profile).parts.map(({ part, points: each }) => [part, each]),
    );
    expect(points).toMatchObject({
      keyword: 30,
      technologies: 7,
      contacts_limit: -2,
      freshness: 4,
      language: 5,
      country: -6,
    });
    expect(facts).toMatchObject({ year: 2025, country: 'AT', language: 'de-AT' });
  });

  it('have the weights of before in their default profile', () => {
    expect(DEFAULT_SCORE_PROFILE).toMatchObject({
      keywords: { max: 60, min: -60, often: 2, oftenCount: 3, placeFactor: { title: 1.5, links: 0.5 } },
      technologies: { each: 1, max: 5 },
      contacts: { email: 10, phone: 6, social: 2, organisation: 2 },
      quality: { title: 3, description: 3, language: 2, substantialText: 5, secure: 2 },
      parked: -80,
    });
  });
});
