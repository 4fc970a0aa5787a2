import { KEYWORD_PLACES, type KeywordPlace } from '@domainflow/domain/keyword/keyword-rule.ts';

export const PLACE_LABELS: Readonly<Record<KeywordPlace, string>> = {
  title: 'Title',
  heading: 'Headings',
  meta: 'Description',
  text: 'Text',
  url: 'Address',
  links: 'Links',
};

/** Where a rule looks, in words. */
export function placesText(where: readonly KeywordPlace[] | undefined): string {
  if (where === undefined) return 'Anywhere';
  return KEYWORD_PLACES.filter((place) => where.includes(place))
    .map((place) => PLACE_LABELS[place])
    .join(', ');
}

/** One place more or less. All of them and none of them are anywhere: a rule that looks nowhere makes no sense. */
export function togglePlace(
  where: readonly KeywordPlace[] | undefined,
  place: KeywordPlace,
): KeywordPlace[] | undefined {
  const chosen = new Set(where ?? KEYWORD_PLACES);
  if (!chosen.delete(place)) chosen.add(place);
  if (chosen.size === 0 || chosen.size === KEYWORD_PLACES.length) return undefined;
  return KEYWORD_PLACES.filter((each) => chosen.has(each));
}
