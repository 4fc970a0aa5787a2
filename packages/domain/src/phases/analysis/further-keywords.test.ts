import { expect, it } from 'vitest';
import { pageFixture } from '../../content/page-fixture.ts';
import { compileKeywords } from '../../keyword/compile-keywords.ts';
import { keywordRuleSchema } from '../../keyword/keyword-rule.ts';
import { analysePage } from './analyse-page.ts';

it('keywords of a page one hop away make a lead, and say where they stand', () => {
  const matcher = compileKeywords([keywordRuleSchema.parse({ pattern: 'wholesale', weight: 40 })]);
  const home = pageFixture({ title: 'Holm', text: 'Kitchens made to measure. '.repeat(20) });
  const contact = pageFixture({ text: 'Ask for wholesale.', finalUrl: 'https://shop.example/contact' });
  const means = { matcher, minScore: 0 };
  expect(analysePage(home, means)).toMatchObject({ verdict: 'NO_KEYWORDS', lead: null });

  const { verdict, evidence, lead } = analysePage({ ...home, furtherPages: [contact] }, means);
  expect(verdict).toBe('OK');
  expect(evidence['keywords']).toEqual(['wholesale']);
  expect(lead?.keywordMatches).toMatchObject([
    { keyword: 'wholesale', place: 'text', count: 1, sourceUrl: 'https://shop.example/contact' },
  ]);
  expect(lead?.scoreParts.find(({ part }) => part === 'keyword')).toMatchObject({
    points: expect.any(Number),
    reason: expect.stringContaining('in the text of https://shop.example/contact, once'),
  });
  expect(lead?.terms).toContain('keyword:wholesale');
});
