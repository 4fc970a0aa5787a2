import { DOMAIN_NAME_REASONS } from '@domainflow/domain/domain-name/reasons.ts';
import { describe, expect, it } from 'vitest';
import { linesOf, namesOf, readRefusal, refusalLabel } from './refusals.ts';

const answer = (details: unknown) => ({ code: 'INVALID_INPUT', message: 'No', field: 'x', details });

describe('refusalLabel', () => {
  it('has words for every reason', () => {
    for (const [reason, label] of Object.entries(DOMAIN_NAME_REASONS))
      expect(refusalLabel(reason)).toBe(label);
    expect(refusalLabel('LINE_TOO_LONG')).toMatch(/longer/);
    expect(refusalLabel('SOME_NEW_REASON')).toBe('Some new reason');
  });
});

describe('a typed list', () => {
  const list = 'a.com, b.com;c.com\r\n\n  \nd.com\te.com\n';

  it('has each name with its line', () => {
    expect(namesOf(list)).toEqual(['a.com', 'b.com', 'c.com', 'd.com', 'e.com']);
    expect(linesOf(list)).toEqual([1, 1, 1, 4, 4]);
    expect([namesOf(' \n '), linesOf(' \n ')]).toEqual([[], []]);
  });

  it('shows what was refused where it stands', () => {
    const details = { rejected: 30, first: [{ index: 3, text: 'd.com', reason: 'UNKNOWN_TLD' }] };
    expect(readRefusal(answer(details), list)).toEqual({
      rejected: 30,
      first: [{ line: 4, text: 'd.com', reason: 'UNKNOWN_TLD' }],
    });
  });
});

describe('readRefusal', () => {
  it('takes the lines of a file as the API gives them', () => {
    const first = [{ line: 7, text: '*.de', reason: 'WILDCARD' }];
    expect(readRefusal(answer({ byReason: { WILDCARD: 2, EMPTY_LABEL: 3 }, first }), '')).toEqual({
      rejected: 5,
      first,
    });
  });

  it('is nothing for other errors', () => {
    expect(readRefusal(answer(undefined), '')).toBeNull();
    expect(readRefusal(answer({ rejected: 'x' }), '')).toBeNull();
    expect(readRefusal(new Error('offline'), '')).toBeNull();
  });
});
