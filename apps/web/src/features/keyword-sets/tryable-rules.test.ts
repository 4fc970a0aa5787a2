import { describe, expect, it } from 'vitest';
import { NEW_RULE } from './new-rule.ts';
import { fieldInEditor, tryableRules } from './tryable-rules.ts';

describe('rules that can be tried', () => {
  const rules = [
    { ...NEW_RULE, pattern: ' ' },
    { ...NEW_RULE, pattern: 'a', where: ['url' as const] },
    { ...NEW_RULE, pattern: 'b', weight: Number.NaN },
    { ...NEW_RULE, pattern: 'c' },
  ];

  it('leave out rows that say nothing yet', () => {
    const { rules: tried, rows } = tryableRules(rules);
    expect(tried.map(({ pattern }) => pattern)).toEqual(['a', 'c']);
    expect(tried[0]?.where).toEqual(['url']);
    expect(rows).toEqual([1, 3]);
  });

  it('are refused in the row where they stand', () => {
    expect(fieldInEditor('rules.1.pattern', [1, 3])).toBe('rules.3.pattern');
    expect(fieldInEditor('rules.0', [1, 3])).toBe('rules.1.pattern');
    expect(fieldInEditor('rules', [1, 3])).toBeNull();
    expect(fieldInEditor('url', [1, 3])).toBeNull();
    expect(fieldInEditor('rules.7.pattern', [1, 3])).toBeNull();
  });
});
