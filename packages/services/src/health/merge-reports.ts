/** Workers report every few seconds: who has been silent for so long is gone. */
export const REPORT_EXPIRES_SECONDS = 30;

/** What is found of a server: by most in the order of merit, put aside, and being tried again in between. */
export type FoundState = 'healthy' | 'probing' | 'ejected';

/** As most workers find it; between equals the better one: somebody can work with it. */
export function prevailingState(all: readonly { readonly state: FoundState }[]): FoundState {
  const states = (['healthy', 'probing', 'ejected'] as const).map((state) => ({
    state,
    count: all.filter((one) => one.state === state).length,
  }));
  return states.reduce((best, one) => (one.count > best.count ? one : best)).state;
}

/** Since when somebody has found it in that state. */
export const sinceWhen = (
  all: readonly { readonly state: FoundState; readonly since: string }[],
  state: FoundState,
): string =>
  all
    .filter((one) => one.state === state)
    .map(({ since }) => since)
    .reduce((a, b) => (a < b ? a : b));

interface Report {
  readonly workerId: string;
  readonly state: FoundState;
  readonly since: string;
  readonly problem: string | null;
  readonly reportedAt: string;
}

/** What one worker says, its figures aside. `host`: where it runs, null where that is not known. */
export const saidByWorker = (
  { workerId, state, since, problem, reportedAt }: Report,
  host: string | null,
) => ({ workerId, host, state, since, problem, reportedAt });

export const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The sum of counts by name. */
export function sumByName(
  all: readonly Readonly<Record<string, number | undefined>>[],
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of all) {
    for (const [name, count = 0] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

/** Mean by weight, one at least: percentiles of several workers have no exact sum. Null where nobody has one. */
export function weightedMean<One>(
  all: readonly One[],
  weightOf: (one: One) => number,
  valueOf: (one: One) => number | null,
): number | null {
  let total = 0;
  let weight = 0;
  for (const one of all) {
    const value = valueOf(one);
    if (value === null) continue;
    total += value * Math.max(1, weightOf(one));
    weight += Math.max(1, weightOf(one));
  }
  return weight === 0 ? null : rounded(total / weight);
}
