import type { ScorePart } from './lead-findings.ts';
import type { ScoreFacts } from './score-facts.ts';
import type { ScoreProfile } from './score-profile.ts';

type Match = ScoreFacts['keywords'][number];

/** Keywords that have a part of their own; the rest share one. */
const KEYWORDS_NAMED = 20;

interface Keyword {
  /** Where it counts most. */
  match: Match;
  points: number;
  count: number;
}

/** Points for keywords: each counts once, in its best place. */
export function keywordParts(matches: readonly Match[], profile: ScoreProfile['keywords']): ScorePart[] {
  const worth = inBestPlaces(matches, profile).map(({ match, points, count }) => {
    const isOften = count >= profile.oftenCount && match.weight > 0;
    return { match, count, points: Math.round(points + (isOften ? profile.often : 0)) };
  });
  worth.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const named = worth
    .slice(0, KEYWORDS_NAMED)
    .map(
      ({ match, count, points }): ScorePart => ({ part: 'keyword', points, reason: reasonOf(match, count) }),
    );
  const rest = worth.slice(KEYWORDS_NAMED);
  if (rest.length > 0) {
    const reason = `${rest.length} further keywords`;
    named.push({ part: 'keyword', points: rest.reduce((sum, { points }) => sum + points, 0), reason });
  }
  return named;
}

/** Keywords in the order in which they were first found; the same word in two categories is two. */
function inBestPlaces(matches: readonly Match[], profile: ScoreProfile['keywords']): Keyword[] {
  const keywords: Keyword[] = [];
  const byCategory = new Map<string, Map<string, Keyword>>();
  for (const match of matches) {
    const { category, keyword } = match;
    let known = byCategory.get(category);
    if (known === undefined) byCategory.set(category, (known = new Map()));
    const categoryFactor = Object.hasOwn(profile.categoryFactor, category)
      ? (profile.categoryFactor[category] ?? 1)
      : 1;
    const points = match.weight * profile.placeFactor[match.place] * categoryFactor;
    const best = known.get(keyword);
    if (best === undefined) {
      const first = { match, points, count: match.count };
      known.set(keyword, first);
      keywords.push(first);
      continue;
    }
    // Titles and headings are part of the visible text or repeat it: counts are not added up.
    best.count = Math.max(best.count, match.count);
    if (Math.abs(points) <= Math.abs(best.points)) continue;
    best.match = match;
    best.points = points;
  }
  return keywords;
}

function reasonOf({ keyword, place, weight, sourceUrl, matchContext }: Match, count: number): string {
  const times = count === 1 ? 'once' : `${count} times`;
  const page = sourceUrl === undefined ? '' : ` of ${sourceUrl}`;
  const context = matchContext === undefined ? '' : `: ${matchContext}`;
  return `"${keyword}" in the ${place}${page}, ${times} (weight ${weight})${context}`;
}
