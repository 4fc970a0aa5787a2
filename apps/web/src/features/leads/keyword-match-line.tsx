import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import type { LeadView } from '../../lib/contract.ts';
import { placeOnPage } from './lead-words.ts';

interface KeywordMatchLineProps {
  match: Pick<LeadView['keywordMatches'][number], 'keyword' | 'count' | 'place' | 'weight' | 'category'>;
}

/** A keyword with how often it was found, where, and what it counts. */
export function KeywordMatchLine({ match }: KeywordMatchLineProps) {
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Badge tone="accent">{match.keyword}</Badge>
      <span className="text-xs text-ink-faint">
        {match.count} × in {placeOnPage(match.place)}, weight {match.weight}
        {match.category === '' ? '' : `, ${match.category}`}
      </span>
    </span>
  );
}
