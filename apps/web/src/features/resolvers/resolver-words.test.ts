import { expect, it } from 'vitest';
import { canarySentence, successOf } from './resolver-words.ts';

it('says how often a resolver was wrong', () => {
  expect(canarySentence(null)).toBe('Not measured in the last hour.');
  const none = { positiveAsked: 0, falseNegatives: 0, absentAsked: 0, falsePositives: 0 };
  expect(canarySentence(none)).toBe('Not measured in the last hour.');
  expect(
    canarySentence({ positiveAsked: 20, falseNegatives: 2, absentAsked: 1_600, falsePositives: 0 }),
  ).toBe('It denied 2 of 20 names that exist (10%), and found 0 of 1,600 names that cannot exist (0%).');
  expect(canarySentence({ ...none, absentAsked: 4, falsePositives: 4 })).toBe(
    'It found 4 of 4 names that cannot exist (100%).',
  );
});

it('has no success before a query has ended', () => {
  expect(successOf({ errorRate: null })).toBe('–');
  expect(successOf({ errorRate: 0.034 })).toBe('96.6%');
});
