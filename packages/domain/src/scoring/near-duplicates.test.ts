import { expect, it } from 'vitest';
import { NearDuplicates } from './near-duplicates.ts';

it('says what links a lead', () => {
  const found = new NearDuplicates(5);
  found.link(3, 1, 'favicon');
  found.link(4, 3, 'tracker');
  expect([0, 1, 2, 3, 4].map((lead) => found.rootOf(lead))).toEqual([0, 1, 2, 1, 1]);
  expect(found.reasonsOf(3)).toEqual(['favicon', 'tracker']);
  expect(found.reasonsOf(0)).toEqual([]);
});
