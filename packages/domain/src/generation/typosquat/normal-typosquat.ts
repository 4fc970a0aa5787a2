import { invalidInput } from '../../errors.ts';
import type { TyposquatPattern } from '../pattern.ts';

export function canonicalTyposquat(pattern: TyposquatPattern): string {
  throw invalidInput(`Not available yet: ${pattern.pattern}.`, 'pattern');
}
