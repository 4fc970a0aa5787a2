import type { resolverHealth } from '@domainflow/db/schema/resolver-health.ts';
import type { z } from 'zod';
import {
  prevailingState,
  rounded,
  saidByWorker,
  sinceWhen,
  sumByName,
  weightedMean,
} from '../health/merge-reports.ts';
import type { CanaryFigures } from './recent-canaries.ts';
import type { resolverHealthSchema } from './views.ts';

type Health = typeof resolverHealth.$inferSelect;
type View = z.input<typeof resolverHealthSchema>;

export interface ResolverOfWorker {
  readonly health: Health;
  readonly host: string | null;
}

/** One entry for each resolver, in the order of the rows, with the workers that ask it. */
export function mergeHealth(
  rows: readonly ResolverOfWorker[],
  canaries: ReadonlyMap<string, CanaryFigures>,
): View[] {
  const groups = Map.groupBy(rows, ({ health }) => `${health.transport} ${health.resolver}`);
  return [...groups.values()].flatMap((group): View[] => {
    const [first] = group;
    if (first === undefined) return [];
    const all = group.map(({ health }) => health);
    const { resolver, transport } = first.health;
    const canary = canaries.get(resolver);
    const state = prevailingState(all);
    return [
      {
        resolver,
        transport,
        state: canary?.isLying === true ? 'lying' : state,
        since: sinceWhen(all, state),
        problem: all.find(({ problem }) => problem !== null)?.problem ?? null,
        ...figuresOf(all),
        canaries: canary === undefined ? null : (({ isLying: _, ...counts }) => counts)(canary),
        workers: group.map(({ health, host }) => ({
          ...saidByWorker(health, host),
          ...figuresOf([health]),
        })),
      },
    ];
  });
}

function figuresOf(all: readonly Health[]) {
  const sum = (of: (one: Health) => number): number => all.reduce((total, one) => total + of(one), 0);
  const rcodes = sumByName(all.map((one) => one.rcodes));
  const ended = sum((one) => one.replies + one.timeouts + one.lost);
  const useful = (rcodes['NOERROR'] ?? 0) + (rcodes['NXDOMAIN'] ?? 0);
  return {
    queries: sum((one) => one.queries),
    replies: sum((one) => one.replies),
    timeouts: sum((one) => one.timeouts),
    lost: sum((one) => one.lost),
    ejections: sum((one) => one.ejections),
    rcodes,
    queriesPerSecond: rounded(sum((one) => one.queriesPerSecond)),
    // A late reply counts as a timeout and as a reply.
    errorRate: ended === 0 ? null : Math.max(0, 1 - useful / ended),
    p50Ms: weightedMean(all, repliesOf, (one) => one.p50Ms),
    p95Ms: weightedMean(all, repliesOf, (one) => one.p95Ms),
  };
}

const repliesOf = ({ replies }: Health): number => replies;
