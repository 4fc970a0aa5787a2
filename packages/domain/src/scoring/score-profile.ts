import { z } from 'zod';

const points = z.number().min(-1_000).max(1_000);
const factor = z.number().min(0).max(10);
const cap = z.number().min(0).max(1_000);
const named = z
  .record(z.string().trim().min(1).max(100), points)
  .refine((record) => Object.keys(record).length <= 500, 'At most 500 names.')
  .default({});

/** Weights of a score, by part. Every figure is in points of the 0 to 100 scale unless it says otherwise. */
export const scoreProfileSchema = z.object({
  keywords: z
    .object({
      /** What a keyword's own weight is multiplied with, by the best place it was found in. */
      placeFactor: z
        .object({
          title: factor.default(1.5),
          heading: factor.default(1.25),
          meta: factor.default(1.1),
          text: factor.default(1),
          url: factor.default(0.5),
          links: factor.default(0.5),
        })
        .prefault({}),
      /** And by its category; 1 for categories that are not named. */
      categoryFactor: z
        .record(z.string().trim().min(1).max(100), z.number().min(-10).max(10))
        .refine((record) => Object.keys(record).length <= 500, 'At most 500 names.')
        .default({}),
      /** Added for a keyword of positive weight that occurs at least `oftenCount` times. */
      often: points.default(2),
      oftenCount: z.int().min(1).max(1_000).default(3),
      /** All keywords together count for no more and no less. */
      max: cap.default(60),
      min: z.number().min(-1_000).max(0).default(-60),
    })
    .prefault({}),
  technologies: z
    .object({
      /** For each technology that is named neither here nor by a category of its. */
      each: points.default(1),
      byName: named,
      /** Of several categories the one with the most points, up or down, counts. */
      byCategory: named,
      max: cap.default(5),
      min: z.number().min(-1_000).max(0).default(-100),
    })
    .prefault({}),
  contacts: z
    .object({
      email: points.default(10),
      phone: points.default(6),
      social: points.default(2),
      organisation: points.default(2),
      /** Added where an address is at the page's own domain, and where all of them are at free or throw-away providers. */
      ownDomainEmail: points.default(0),
      onlyFreeEmail: points.default(0),
      max: cap.default(100),
    })
    .prefault({}),
  quality: z
    .object({
      title: points.default(3),
      description: points.default(3),
      language: points.default(2),
      substantialText: points.default(5),
      /** Length of text that is substantial, in UTF-16 units. */
      substantialTextUnits: z.int().min(0).max(65_536).default(600),
      secure: points.default(2),
      max: cap.default(100),
    })
    .prefault({}),
  freshness: z
    .object({
      /** Pages that give themselves this year or a later one are fresh, those with an earlier one stale. */
      sinceYear: z.int().min(1990).max(2200).nullable().default(null),
      fresh: points.default(0),
      stale: points.default(0),
    })
    .prefault({}),
  match: z
    .object({
      /** Languages (`de`) and countries (`DE`) that are wanted; empty: the part does not count. */
      languages: z.array(z.string().trim().toLowerCase().min(2).max(8)).max(100).default([]),
      languageMatch: points.default(0),
      languageOther: points.default(0),
      countries: z.array(z.string().trim().toUpperCase().length(2)).max(250).default([]),
      countryMatch: points.default(0),
      countryOther: points.default(0),
    })
    .prefault({}),
  parked: points.default(-80),
});
export type ScoreProfile = z.output<typeof scoreProfileSchema>;

/** The profile that scores are made with unless a campaign names another. */
export const DEFAULT_SCORE_PROFILE: ScoreProfile = scoreProfileSchema.parse({});
