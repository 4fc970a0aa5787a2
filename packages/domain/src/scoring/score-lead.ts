import type { ParkedVerdict } from '../content/classify-parked.ts';
import type { PageFeatures } from '../content/page-features.ts';
import type { Technology } from '../content/technology/detect-technologies.ts';
import type { Contact, KeywordMatch, ScorePart } from './lead-findings.ts';
import { DEFAULT_SCORE_PROFILE, type ScoreProfile } from './score-profile.ts';

/** What a score rests on. */
export interface ScoreGrounds {
  readonly page: PageFeatures;
  readonly keywordMatches: readonly KeywordMatch[];
  readonly contacts: readonly Contact[];
  readonly organisation: string | null;
  readonly technologies: readonly Technology[];
  readonly parked: Pick<ParkedVerdict, 'isParked' | 'reasons'>;
}

export interface Score {
  /** 0 to 100, whole. */
  readonly score: number;
  /** Points are whole and add up to the score. */
  readonly parts: readonly ScorePart[];
}

/** Keywords that have a part of their own; the rest share one. */
const KEYWORDS_NAMED = 20;

/** Scores a page from what was found on it. Every point is in a part that names its evidence. */
export function scoreLead(grounds: ScoreGrounds, profile: ScoreProfile = DEFAULT_SCORE_PROFILE): Score {
  const parts = [
    ...keywordParts(grounds.keywordMatches, profile),
    ...contactParts(grounds, profile),
    ...technologyParts(grounds.technologies, profile),
    ...qualityParts(grounds.page, profile),
    ...parkedParts(grounds.parked, profile),
  ].filter(({ points }) => points !== 0);
  const sum = parts.reduce((total, { points }) => total + points, 0);
  const score = Math.min(100, Math.max(0, sum));
  if (score !== sum) {
    const reason = `Scores run from 0 to 100; the parts above come to ${sum}`;
    parts.push({ part: 'limit', points: score - sum, reason });
  }
  return { score, parts };
}

function keywordParts(matches: readonly KeywordMatch[], profile: ScoreProfile): ScorePart[] {
  const best = new Map<string, { match: KeywordMatch; points: number; count: number }>();
  for (const match of matches) {
    const points = match.weight * profile.keywordPlaceFactor[match.place];
    const key = `${match.category}\n${match.keyword}`;
    const known = best.get(key);
    // Titles and headings are part of the visible text or repeat it: counts are not added up.
    const count = Math.max(match.count, known?.count ?? 0);
    if (known === undefined || Math.abs(points) > Math.abs(known.points))
      best.set(key, { match, points, count });
    else known.count = count;
  }
  const parts = [...best.values()].map(({ match, points, count }) => {
    const isOften = count >= profile.keywordOftenCount && match.weight > 0;
    const times = count === 1 ? 'once' : `${count} times`;
    return {
      part: 'keyword',
      points: Math.round(points + (isOften ? profile.keywordOften : 0)),
      reason: `"${match.keyword}" in the ${match.place}, ${times} (weight ${match.weight}): ${match.matchContext}`,
    };
  });
  parts.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const named = parts.slice(0, KEYWORDS_NAMED);
  const rest = parts.slice(KEYWORDS_NAMED);
  if (rest.length > 0) {
    const reason = `${rest.length} further keywords`;
    named.push({ part: 'keyword', points: rest.reduce((sum, { points }) => sum + points, 0), reason });
  }
  const sum = named.reduce((total, { points }) => total + points, 0);
  const bounded = Math.min(profile.keywordsMax, Math.max(profile.keywordsMin, sum));
  if (bounded !== sum) {
    const reason = `Keywords count for ${profile.keywordsMin} to ${profile.keywordsMax} points; they come to ${sum}`;
    named.push({ part: 'keyword_limit', points: bounded - sum, reason });
  }
  return named;
}

function contactParts({ contacts, organisation }: ScoreGrounds, profile: ScoreProfile): ScorePart[] {
  const parts: ScorePart[] = [];
  for (const kind of ['email', 'phone', 'social'] as const) {
    const found = contacts.filter((contact) => contact.kind === kind);
    const surest = found.reduce<Contact | null>(
      (a, b) => (a !== null && a.confidence >= b.confidence ? a : b),
      null,
    );
    if (surest === null) continue;
    const others = found.length > 1 ? ` and ${found.length - 1} more` : '';
    const reason = `${surest.value} (${surest.place.replace('_', ' ')})${others}`;
    parts.push({ part: kind, points: profile[kind], reason });
  }
  if (organisation !== null) {
    parts.push({
      part: 'organisation',
      points: profile.organisation,
      reason: `The page names its organisation: ${organisation}`,
    });
  }
  return parts;
}

function technologyParts(technologies: readonly Technology[], profile: ScoreProfile): ScorePart[] {
  if (technologies.length === 0) return [];
  const names = technologies.map(({ name, version }) => (version === null ? name : `${name} ${version}`));
  const points = Math.min(profile.technologiesMax, technologies.length * profile.technology);
  return [{ part: 'technologies', points: Math.round(points), reason: names.slice(0, 12).join(', ') }];
}

function qualityParts(page: PageFeatures, profile: ScoreProfile): ScorePart[] {
  const parts: ScorePart[] = [];
  const add = (holds: boolean, points: number, reason: string): void => {
    if (holds) parts.push({ part: 'page_quality', points, reason });
  };
  add(page.title !== null, profile.title, `Title: ${page.title?.slice(0, 100)}`);
  add(page.description !== null, profile.description, `Description: ${page.description?.slice(0, 100)}`);
  add(page.language !== null, profile.language, `The page says its language: ${page.language}`);
  const { length } = page.text;
  add(
    length >= profile.substantialTextUnits,
    profile.substantialText,
    `${length} characters of visible text`,
  );
  add(
    page.finalUrl.startsWith('https:'),
    profile.secure,
    `Served over https: ${page.finalUrl.slice(0, 200)}`,
  );
  return parts;
}

const parkedParts = (parked: ScoreGrounds['parked'], profile: ScoreProfile): ScorePart[] =>
  parked.isParked ? [{ part: 'parked', points: profile.parked, reason: parked.reasons.join('; ') }] : [];
