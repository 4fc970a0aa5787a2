import { compileKeywords, type KeywordMatcher } from './compile-keywords.ts';
import type { KeywordRule } from './keyword-rule.ts';

/** Campaigns that a worker analyses side by side are few; a matcher of many expressions holds some megabytes. */
const KEPT = 4;

const matchers = new Map<string, KeywordMatcher>();

/**
 * The matcher for these rules, that of before where it was asked for lately: batches of a campaign have the same rules,
 * and making a thousand of them ready takes as long as a hundred pages. Throws as `compileKeywords` does.
 */
export function matcherFor(rules: readonly KeywordRule[]): KeywordMatcher {
  const key = JSON.stringify(rules);
  const matcher = matchers.get(key) ?? compileKeywords(rules);
  // What was used last stands last.
  matchers.delete(key);
  matchers.set(key, matcher);
  for (const oldest of matchers.keys()) {
    if (matchers.size <= KEPT) break;
    matchers.delete(oldest);
  }
  return matcher;
}
