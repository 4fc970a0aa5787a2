import { hasDeeperSuffixes, suffixStanding } from '../domain-name/public-suffix.ts';
import type { CandidateLabel } from './candidate.ts';
import type { RangeVisitor } from './name-space.ts';

/**
 * Visits `label` under the suffixes from the place `from` on, as the offsets `index` and following, not past `count`;
 * gives the index after the last.
 */
export type SuffixWriter = (
  label: CandidateLabel,
  from: number,
  index: number,
  count: number,
  visitor: RangeVisitor,
) => number;

/** What walking has in common for all strategies in which the suffix is the last digit. */
export function createSuffixWriter(suffixes: readonly string[]): SuffixWriter {
  const endings = suffixes.map((suffix) => ({ dotted: `.${suffix}`, isAsked: hasDeeperSuffixes(suffix) }));
  return (label, from, index, count, visitor) => {
    let at = index;
    for (let place = from; place < endings.length && at < count; place++, at++) {
      if (label.reason !== null) {
        visitor.skip(at, label.reason);
        continue;
      }
      const { dotted, isAsked } = endings[place] as (typeof endings)[number];
      const name = label.ascii + dotted;
      if (isAsked && suffixStanding(name) === 'suffix') visitor.skip(at, 'IS_PUBLIC_SUFFIX');
      else visitor.name(at, name);
    }
    return at;
  };
}
