import { type ScoreProfile, scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';

/** A number of a profile by its place: `keywords.placeFactor.title`. */
export type WeightPath = string;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path; undefined where there is none. */
export function weightAt(weights: unknown, path: WeightPath): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), weights);
}

/** The same weights with another value at a path; all others stay, those that no field shows too. */
export function withWeight<Weights>(weights: Weights, path: WeightPath, value: unknown): Weights {
  const [key = '', ...rest] = path.split('.');
  const before: Record<string, unknown> = isRecord(weights) ? weights : {};
  const next = rest.length === 0 ? value : withWeight(before[key] ?? {}, rest.join('.'), value);
  return { ...before, [key]: next } as Weights;
}

/** What is wrong with weights, by path; empty where nothing is. */
export function weightErrors(weights: ScoreProfile): ReadonlyMap<WeightPath, string> {
  const result = scoreProfileSchema.safeParse(weights);
  if (result.success) return new Map();
  return new Map(
    result.error.issues.toReversed().map((issue) => [issue.path.join('.'), messageOf(issue)] as const),
  );
}

function messageOf(issue: { code: string; message: string; minimum?: unknown; maximum?: unknown }): string {
  if (issue.code === 'too_small') return `At least ${String(issue.minimum)}`;
  if (issue.code === 'too_big') return `At most ${String(issue.maximum)}`;
  return issue.code === 'invalid_type' ? 'A number is needed' : issue.message;
}

/** Whether two profiles say the same; the order of names is of no account. */
export const sameWeights = (one: ScoreProfile, other: ScoreProfile): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

const sorted = (value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, each]) => [key, sorted(each)]),
      )
    : value;
