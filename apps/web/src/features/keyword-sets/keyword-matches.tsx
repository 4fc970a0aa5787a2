import type { Outputs } from '../../lib/contract.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { KeywordMatchLine } from '../leads/keyword-match-line.tsx';
import type { KeywordSetInput } from './keyword-set-schema.ts';
import { MarkedContexts } from './marked-contexts.tsx';
import { PageNotes } from './try-page.tsx';

interface KeywordMatchesProps {
  result: Outputs['keywordSets']['try'];
  /** Those that were tried. */
  rules: KeywordSetInput['rules'];
  /** They belong to what was tried before. */
  isStale: boolean;
}

/** What rules found that were tried, each match with its place and what stands around it. */
export function KeywordMatches({ result, rules, isStale }: KeywordMatchesProps) {
  const { matches, finalUrl, page } = result;
  return (
    <div aria-busy={isStale} className="space-y-2">
      <p role="status" className="text-xs text-ink-soft">
        {matches.length === 0
          ? `None of ${formatCount(result.rules)} active rules matches`
          : `${countOf(matches.length, 'match', 'matches')} of ${formatCount(result.rules)} active rules`}
        {finalUrl === null ? '' : ` on ${finalUrl}`}.
      </p>
      {page === null ? null : <PageNotes page={page} />}
      <ul aria-label="Matches" className="divide-y divide-line">
        {matches.map((match, index) => (
          // Two rules of one text, a word and an expression, may match in the same place.
          <li key={`${match.keyword} ${match.place} ${index}`} className="space-y-0.5 py-1.5 text-sm">
            <KeywordMatchLine match={match} />
            <MarkedContexts
              contexts={match.contexts}
              rules={rules.filter((rule) => rule.pattern.trim() === match.keyword)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
