import { invalidInput } from '../../errors.ts';
import type { NameSpace } from '../name-space.ts';
import type { TyposquatPattern } from '../pattern.ts';

export function createTyposquatSpace(pattern: TyposquatPattern): NameSpace {
  throw invalidInput(`Not available yet: ${pattern.pattern}.`, 'pattern');
}
