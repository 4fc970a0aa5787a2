import type { ScorePart } from './lead-findings.ts';
import type { ScoreFacts } from './score-facts.ts';
import type { ScoreProfile } from './score-profile.ts';

type Match = ScoreFacts['keywords'][number];

/** Keywords that have a part of their own; the rest share one. */
const KEYWORDS_NAMED = 20;

/** Points for keywords: each counts once, in its best place. */
export function keywordParts(matches: readonly Match[], profile: ScoreProfile['keywords']): ScorePart[] {
  const best = new Map<string, { match: Match; points: number; count: number }>();
  for (const match of matches) {
    const categoryFactor = Object.hasOwn(profile.categoryFactor, match.category)
      ? (profile.categoryFactor[match.category] ?? 1)
      : 1;
    const points = match.weight * profile.placeFactor[match.place] * categoryFactor;
    const key = `${match.category}\n${match.keyword}`;
    const known = best.get(key);
    // Titles and headings are part of the visible text or repeat it: counts are not added up.
    const count = Math.max(match.count, known?.count ?? 0);
    if (known === undefined || Math.abs(points) > Math.abs(known.points))
      best.set(key, { match, points, count });
    else known.count = count;
  }
  const parts = [...best.values()].map(({ match, points, count }) => {
    const isOften = count >= profile.oftenCount && match.weight > 0;
    const times = count === 1 ? 'once' : `${count} times`;
    const page = match.sourceUrl === undefined ? '' : ` of ${match.sourceUrl}`;
    const context = match.matchContext === undefined ? '' : `: ${match.matchContext}`;
    return {
      part: 'keyword',
      points: Math.round(points + (isOften ? profile.often : 0)),
      reason: `"${match.keyword}" in the ${match.place}${page}, ${times} (weight ${match.weight})${context}`,
    };
  });
  parts.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const named = parts.slice(0, KEYWORDS_NAMED);
  const rest = parts.slice(KEYWORDS_NAMED);
  if (rest.length > 0) {
    const reason = `${rest.length} further keywords`;
    named.push({ part: 'keyword', points: rest.reduce((sum, { points }) => sum + points, 0), reason });
  }
  return named;
}
