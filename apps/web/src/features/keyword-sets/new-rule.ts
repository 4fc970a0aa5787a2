import type { KeywordRule } from '@domainflow/domain/keyword/keyword-rule.ts';

/** A rule as a new row begins. */
export const NEW_RULE: KeywordRule = {
  pattern: '',
  kind: 'literal',
  caseSensitive: false,
  wholeWord: true,
  weight: 10,
  category: '',
  active: true,
};
