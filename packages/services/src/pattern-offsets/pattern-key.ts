import { canonicalPattern } from '@domainflow/domain/generation/canonical-pattern.ts';
import type { WordLists } from '@domainflow/domain/generation/dictionary/word-list.ts';
import type { Pattern } from '@domainflow/domain/generation/pattern.ts';
import { sha256Hex } from '../sha-256.ts';

const EXCERPT_LENGTH = 500;

/** What the offset of a pattern is kept under. */
export interface PatternKey {
  /** SHA-256 of the canonical text, hex. */
  readonly patternHash: string;
  /** The beginning of that text. */
  readonly excerpt: string;
}

/** The same key for every pattern with the same space. Throws `INVALID_INPUT` as `compilePattern` does. */
export async function patternKeyOf(pattern: Pattern, wordLists: WordLists): Promise<PatternKey> {
  const text = canonicalPattern(pattern, wordLists);
  const patternHash = await sha256Hex(text);
  // Cutting can leave half of a character, which no column takes.
  return { patternHash, excerpt: text.slice(0, EXCERPT_LENGTH).toWellFormed() };
}
