import { countOf } from '../../lib/format.ts';

interface Erased {
  readonly domains: number;
  readonly leads: number;
  readonly pages: number;
  readonly records: number;
}

const NAMES = [
  ['domains', 'domain'],
  ['leads', 'lead'],
  ['pages', 'page'],
  ['records', 'other record'],
] as const;

/** What was erased: `1 domain, 2 leads`; `nothing was held` where there was nothing. */
export function erasedWords(erased: Erased): string {
  const parts = NAMES.filter(([key]) => erased[key] > 0).map(([key, one]) => countOf(erased[key], one));
  return parts.length === 0 ? 'nothing was held' : parts.join(', ');
}
