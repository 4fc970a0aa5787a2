import { formatCount } from '../../lib/format.ts';

interface Erased {
  readonly domains: number;
  readonly leads: number;
  readonly pages: number;
  readonly records: number;
}

const NAMES = [
  ['domains', 'domain', 'domains'],
  ['leads', 'lead', 'leads'],
  ['pages', 'page', 'pages'],
  ['records', 'other record', 'other records'],
] as const;

/** What was erased: `1 domain, 2 leads`; `nothing was held` where there was nothing. */
export function erasedWords(erased: Erased): string {
  const parts = NAMES.filter(([key]) => erased[key] > 0).map(
    ([key, one, many]) => `${formatCount(erased[key])} ${erased[key] === 1 ? one : many}`,
  );
  return parts.length === 0 ? 'nothing was held' : parts.join(', ');
}
