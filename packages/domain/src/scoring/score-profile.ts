/** Weights of a score. Every figure is in points of the 0 to 100 scale. */
export interface ScoreProfile {
  /** What the sum of weights of matched keywords is multiplied with, by the best place of each. */
  readonly keywordPlaceFactor: Readonly<
    Record<'title' | 'heading' | 'meta' | 'text' | 'url' | 'links', number>
  >;
  /** Most points for keywords of positive weight together, and fewest for those of negative weight. */
  readonly keywordsMax: number;
  readonly keywordsMin: number;
  /** Added where a keyword occurs at least `keywordOftenCount` times. */
  readonly keywordOften: number;
  readonly keywordOftenCount: number;
  readonly email: number;
  readonly phone: number;
  readonly social: number;
  readonly organisation: number;
  readonly technology: number;
  readonly technologiesMax: number;
  readonly title: number;
  readonly description: number;
  readonly language: number;
  readonly substantialText: number;
  readonly substantialTextUnits: number;
  readonly secure: number;
  /** Negative. */
  readonly parked: number;
}

/** The profile that scores are made with unless a campaign brings its own. */
export const DEFAULT_SCORE_PROFILE: ScoreProfile = {
  keywordPlaceFactor: { title: 1.5, heading: 1.25, meta: 1.1, text: 1, url: 0.5, links: 0.5 },
  keywordsMax: 60,
  keywordsMin: -60,
  keywordOften: 2,
  keywordOftenCount: 3,
  email: 10,
  phone: 6,
  social: 2,
  organisation: 2,
  technology: 1,
  technologiesMax: 5,
  title: 3,
  description: 3,
  language: 2,
  substantialText: 5,
  substantialTextUnits: 600,
  secure: 2,
  parked: -80,
};
