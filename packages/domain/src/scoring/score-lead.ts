import { keywordParts } from './keyword-parts.ts';
import type { ScorePart } from './lead-findings.ts';
import type { ScoreFacts } from './score-facts.ts';
import { DEFAULT_SCORE_PROFILE, type ScoreProfile } from './score-profile.ts';

export interface Score {
  /** 0 to 100, whole. */
  readonly score: number;
  /** Points are whole and add up to the score. */
  readonly parts: readonly ScorePart[];
}

/** Scores a page by what was found on it. Every point is in a part that names its evidence. */
export function scoreLead(facts: ScoreFacts, profile: ScoreProfile = DEFAULT_SCORE_PROFILE): Score {
  const { keywords, technologies, contacts, quality } = profile;
  const parts = [
    ...bounded(keywordParts(facts.keywords, keywords), 'keyword', 'Keywords', keywords.min, keywords.max),
    ...bounded(contactParts(facts, contacts), 'contacts', 'Contacts', -1_000, contacts.max),
    ...technologyParts(facts.technologies, technologies),
    ...bounded(qualityParts(facts, quality), 'page_quality', 'The page', -1_000, quality.max),
    ...freshnessParts(facts, profile.freshness),
    ...matchParts(facts, profile.match),
    ...(facts.parked.length > 0
      ? [{ part: 'parked', points: Math.round(profile.parked), reason: facts.parked.join('; ') }]
      : []),
  ].filter(({ points }) => points !== 0);
  const sum = parts.reduce((total, { points }) => total + points, 0);
  const score = Math.min(100, Math.max(0, sum));
  if (score !== sum) {
    const reason = `Scores run from 0 to 100; the parts above come to ${sum}`;
    parts.push({ part: 'limit', points: score - sum, reason });
  }
  return { score, parts };
}

/** The parts, and what takes their sum into [min, max]. */
function bounded(given: ScorePart[], part: string, what: string, min: number, max: number): ScorePart[] {
  const sum = given.reduce((total, { points }) => total + points, 0);
  const kept = Math.round(Math.min(max, Math.max(min, sum)));
  if (kept === sum) return given;
  const range = min <= -1_000 ? `at most ${max} points` : `${min} to ${max} points`;
  const verb = what === 'The page' ? 'counts' : 'count';
  const reason = `${what} ${verb} for ${range}; the parts come to ${sum}`;
  return [...given, { part: `${part}_limit`, points: kept - sum, reason }];
}

function contactParts(
  { contacts, organisation }: ScoreFacts,
  profile: ScoreProfile['contacts'],
): ScorePart[] {
  const parts: ScorePart[] = [];
  const add = (part: string, points: number, reason: string): void => {
    parts.push({ part, points: Math.round(points), reason });
  };
  for (const kind of ['email', 'phone', 'social'] as const) {
    const found = contacts.filter((contact) => contact.kind === kind);
    const [first] = found;
    if (first === undefined) continue;
    const surest = found.reduce((a, b) => (a.confidence >= b.confidence ? a : b), first);
    const others = found.length > 1 ? ` and ${found.length - 1} more` : '';
    const place = surest.place.replace('_', ' ');
    add(kind, profile[kind], `${surest.value ?? `One by ${place}`} (${place})${others}`);
  }
  const emails = contacts.filter(({ kind }) => kind === 'email');
  if (emails.some(({ flags }) => flags?.includes('own_domain') === true))
    add('email_domain', profile.ownDomainEmail, 'An e-mail address is at the page’s own domain');
  const isFree = (contact: ScoreFacts['contacts'][number]): boolean =>
    contact.flags?.some((flag) => flag === 'free' || flag === 'disposable') === true;
  if (emails.length > 0 && emails.every(isFree))
    add('email_domain', profile.onlyFreeEmail, 'Every e-mail address is at a free or throw-away provider');
  if (organisation !== null)
    add('organisation', profile.organisation, `The page names its organisation: ${organisation}`);
  return parts;
}

function technologyParts(
  technologies: ScoreFacts['technologies'],
  profile: ScoreProfile['technologies'],
): ScorePart[] {
  if (technologies.length === 0) return [];
  const worth = technologies.map((technology) => ({
    technology,
    points: technologyPoints(technology, profile),
  }));
  worth.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const sum = worth.reduce((total, { points }) => total + points, 0);
  const points = Math.round(Math.min(profile.max, Math.max(profile.min, sum)));
  const names = worth.map(({ technology: { name, version }, points: each }) => {
    const called = version === null ? name : `${name} ${version}`;
    return each === profile.each ? called : `${called} (${each})`;
  });
  return [{ part: 'technologies', points, reason: names.slice(0, 12).join(', ') }];
}

function technologyPoints(
  { name, categories = [] }: ScoreFacts['technologies'][number],
  profile: ScoreProfile['technologies'],
): number {
  if (Object.hasOwn(profile.byName, name)) return profile.byName[name] ?? 0;
  const byCategory = categories
    .filter((category) => Object.hasOwn(profile.byCategory, category))
    .map((category) => profile.byCategory[category] ?? 0);
  if (byCategory.length === 0) return profile.each;
  return byCategory.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
}

function qualityParts(facts: ScoreFacts, profile: ScoreProfile['quality']): ScorePart[] {
  const parts: ScorePart[] = [];
  const add = (holds: boolean, points: number, reason: string): void => {
    if (holds) parts.push({ part: 'page_quality', points: Math.round(points), reason });
  };
  add(facts.title !== null, profile.title, `Title: ${facts.title?.slice(0, 100)}`);
  add(facts.description !== null, profile.description, `Description: ${facts.description?.slice(0, 100)}`);
  add(facts.saysLanguage, profile.language, `The page says its language: ${facts.language}`);
  add(
    facts.textUnits >= profile.substantialTextUnits,
    profile.substantialText,
    `${facts.textUnits} characters of visible text`,
  );
  add(facts.url.startsWith('https:'), profile.secure, `Served over https: ${facts.url.slice(0, 200)}`);
  return parts;
}

function freshnessParts({ year }: ScoreFacts, profile: ScoreProfile['freshness']): ScorePart[] {
  if (profile.sinceYear === null || year === null) return [];
  const isFresh = year >= profile.sinceYear;
  return [
    {
      part: 'freshness',
      points: Math.round(isFresh ? profile.fresh : profile.stale),
      reason: `The latest year that the page gives is ${year}, and ${profile.sinceYear} is asked for`,
    },
  ];
}

function matchParts({ language, country }: ScoreFacts, profile: ScoreProfile['match']): ScorePart[] {
  const parts: ScorePart[] = [];
  const base = language?.split('-')[0]?.toLowerCase();
  if (profile.languages.length > 0 && base !== undefined && base !== '') {
    const points = profile.languages.includes(base) ? profile.languageMatch : profile.languageOther;
    parts.push({
      part: 'language',
      points: Math.round(points),
      reason: `The language of the page is ${language}`,
    });
  }
  if (profile.countries.length > 0 && country !== null) {
    const points = profile.countries.includes(country) ? profile.countryMatch : profile.countryOther;
    parts.push({ part: 'country', points: Math.round(points), reason: `The page points to ${country}` });
  }
  return parts;
}
