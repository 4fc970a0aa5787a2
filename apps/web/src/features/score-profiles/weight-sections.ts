import type { WeightPath } from './weights.ts';

export interface WeightFieldSpec {
  readonly path: WeightPath;
  readonly label: string;
  readonly unit: 'points' | '×' | 'times' | 'characters';
  /** What the slider reaches; the number beside it takes more. */
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

interface WeightSection {
  readonly key: 'keywords' | 'contacts' | 'technologies' | 'quality' | 'freshness' | 'match' | 'parked';
  readonly title: string;
  readonly hint: string;
  readonly fields: readonly WeightFieldSpec[];
}

const points = (path: WeightPath, label: string, reach = 30): WeightFieldSpec => ({
  path,
  label,
  unit: 'points',
  least: -reach,
  most: reach,
  step: 1,
});
const factor = (path: WeightPath, label: string): WeightFieldSpec => ({
  path,
  label,
  unit: '×',
  least: 0,
  most: 3,
  step: 0.05,
});
const cap = (path: WeightPath, label: string): WeightFieldSpec => ({
  path,
  label,
  unit: 'points',
  least: 0,
  most: 100,
  step: 1,
});
const floor = (path: WeightPath, label: string): WeightFieldSpec => ({
  path,
  label,
  unit: 'points',
  least: -100,
  most: 0,
  step: 1,
});

/** The numbers of a profile as people set them. */
export const WEIGHT_SECTIONS: readonly WeightSection[] = [
  {
    key: 'keywords',
    title: 'Keywords',
    hint: 'A keyword’s own weight, times the best place it was found in.',
    fields: [
      factor('keywords.placeFactor.title', 'In the title'),
      factor('keywords.placeFactor.heading', 'In a heading'),
      factor('keywords.placeFactor.meta', 'In the description'),
      factor('keywords.placeFactor.text', 'In the text'),
      factor('keywords.placeFactor.url', 'In the address'),
      factor('keywords.placeFactor.links', 'In links'),
      points('keywords.often', 'Found often', 20),
      { path: 'keywords.oftenCount', label: 'Often is at least', unit: 'times', least: 1, most: 25, step: 1 },
      cap('keywords.max', 'All together at most'),
      floor('keywords.min', 'All together at least'),
    ],
  },
  {
    key: 'contacts',
    title: 'Contacts',
    hint: 'Points for each kind that was found, however many there are.',
    fields: [
      points('contacts.email', 'E-mail address'),
      points('contacts.phone', 'Phone number'),
      points('contacts.social', 'Social profile'),
      points('contacts.organisation', 'Name of the organisation'),
      points('contacts.ownDomainEmail', 'E-mail at its own domain'),
      points('contacts.onlyFreeEmail', 'Only free e-mail providers'),
      cap('contacts.max', 'All together at most'),
    ],
  },
  {
    key: 'technologies',
    title: 'Technologies',
    hint: 'Name those that make a lead more or less interesting.',
    fields: [
      points('technologies.each', 'Each that is not named', 10),
      cap('technologies.max', 'All together at most'),
      floor('technologies.min', 'All together at least'),
    ],
  },
  {
    key: 'quality',
    title: 'The page',
    hint: 'Signs of a site that somebody looks after.',
    fields: [
      points('quality.title', 'Title', 20),
      points('quality.description', 'Description', 20),
      points('quality.language', 'Says its language', 20),
      points('quality.substantialText', 'Much text', 20),
      {
        path: 'quality.substantialTextUnits',
        label: 'Much is at least',
        unit: 'characters',
        least: 0,
        most: 5_000,
        step: 100,
      },
      points('quality.secure', 'Served over https', 20),
      cap('quality.max', 'All together at most'),
    ],
  },
  {
    key: 'freshness',
    title: 'Freshness',
    hint: 'By the latest year that a page gives itself.',
    fields: [points('freshness.fresh', 'That year or later'), points('freshness.stale', 'Earlier')],
  },
  {
    key: 'match',
    title: 'Language and country',
    hint: 'Counts only where some are wanted.',
    fields: [
      points('match.languageMatch', 'A wanted language'),
      points('match.languageOther', 'Another language'),
      points('match.countryMatch', 'A wanted country'),
      points('match.countryOther', 'Another country'),
    ],
  },
  {
    key: 'parked',
    title: 'Parked',
    hint: 'Pages that only hold a place: for sale, under construction, a server’s own.',
    fields: [points('parked', 'Parked', 100)],
  },
];
