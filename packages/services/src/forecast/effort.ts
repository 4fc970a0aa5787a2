import { inquiryOrder } from '@domainflow/domain/dns/inquiry.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import {
  resolveShaping,
  type Shaping,
  type ShapingConfig,
} from '@domainflow/domain/shaping/shaping-schema.ts';
import { z } from 'zod';

/** What one worker reaches by itself on two cores, database included, in round figures (docs/benchmarks.md). */
const ENGINE_RATES = {
  generatedPerSecond: 150_000,
  dnsQueriesPerSecond: 35_000,
  /** Average visit, redirects included: it bounds what `concurrency` visits at once can do. */
  secondsPerVisit: 1,
} as const;

/** Bytes on disk, indexes included: names and results as measured with 300,000 rows of each, pages by rule of thumb. */
const DISK_BYTES = { name: 195, absentResult: 330, liveResult: 530, page: 5_000 } as const;

const HOUR_SECONDS = 3_600;

/** `least` where no name exists, `most` where all do; `expected` by the sampled yield, null without one. */
const spanSchema = z.object({ least: z.number(), most: z.number(), expected: z.number().nullable() });
type Span = z.output<typeof spanSchema>;

export const dnsEffortSchema = z.object({
  personaName: z.string(),
  /** First attempts; retries of what stays unanswered come on top. */
  queries: spanSchema,
  /** Of all workers together: the limits of persona and shaping, or what the engine reaches where they set none. */
  queriesPerSecond: z.number(),
  limitedBy: z.enum(['persona', 'shaping', 'engine']),
  hours: spanSchema,
});

export const httpEffortSchema = z.object({
  personaName: z.string(),
  /** Domains that are visited. */
  visits: spanSchema,
  visitsPerSecond: z.number(),
  hours: spanSchema,
});

export const diskEffortSchema = spanSchema;

interface Named<T> {
  readonly name: string;
  readonly config: T;
}

/** The names of a campaign, and how many of them are expected to be live. */
export interface ExpectedNames {
  readonly names: number;
  readonly live: number | null;
  /** Worker processes that would share the work. */
  readonly workers: number;
}

/** A figure that grows with the number of live names. */
const spanOf = ({ names, live }: ExpectedNames, of: (live: number) => number): Span => ({
  least: of(0),
  most: of(names),
  expected: live === null ? null : of(live),
});

const inHours = (seconds: number): number => Number((seconds / HOUR_SECONDS).toPrecision(4));

export const generationHours = (offsets: number): number =>
  inHours(offsets / ENGINE_RATES.generatedPerSecond);

/**
 * A name that does not exist costs one query, every other one for each record type. `shaping` is the phase's own; null
 * is as the persona says. Quiet hours are not counted in.
 */
export function dnsEffort(
  { name, config }: Named<DnsPersona>,
  expected: ExpectedNames,
  shaping: ShapingConfig | null,
): z.output<typeof dnsEffortSchema> {
  const types = inquiryOrder(config.recordTypes).length;
  const limit = resolverLimit(config, expected.workers);
  const shaped = shapedLimit(resolveShaping(shaping, config.shaping), askedResolvers(config));
  const reached = ENGINE_RATES.dnsQueriesPerSecond * expected.workers;
  const queriesPerSecond = Math.min(limit ?? reached, shaped ?? reached, reached);
  const queries = spanOf(expected, (live) => expected.names + live * (types - 1));
  return {
    personaName: name,
    queries,
    queriesPerSecond,
    limitedBy: queriesPerSecond === reached ? 'engine' : queriesPerSecond === limit ? 'persona' : 'shaping',
    hours: mapSpan(queries, (n) => inHours(n / queriesPerSecond)),
  };
}

/** Queries a second that the persona allows all resolvers and workers together; null where one has no limit. */
function resolverLimit(config: DnsPersona, workers: number): number | null {
  const { resolvers, queriesPerSecond, strategy } = config;
  // How many resolvers the system has is known on the workers only: at least one.
  const own =
    resolvers.length === 0
      ? [queriesPerSecond]
      : resolvers.map((each) => lower(each.queriesPerSecond, queriesPerSecond));
  const asked = strategy === 'failover' ? own.slice(0, 1) : own;
  return asked.includes(null) ? null : asked.reduce<number>((sum, each) => sum + (each ?? 0), 0) * workers;
}

/** Resolvers that are asked side by side; at least one where the workers' system decides. */
const askedResolvers = ({ resolvers, strategy }: DnsPersona): number =>
  strategy === 'failover' ? 1 : Math.max(1, resolvers.length);

/** Starts a second that a shaping leaves, of all workers together: by its rhythm, and by the cap of each resolver. */
function shapedLimit(shaping: Shaping | null, resolvers: number): number | null {
  if (shaping === null) return null;
  const cap = shaping.caps.resolver?.perSecond ?? null;
  return lower(rhythmLimit(shaping), cap === null ? null : cap * resolvers);
}

const rhythmLimit = ({ jitter }: Shaping): number | null =>
  jitter.distribution === 'none' ? null : 1_000 / jitter.meanMs;

const lower = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

const mapSpan = ({ least, most, expected }: Span, of: (n: number) => number): Span => ({
  least: of(least),
  most: of(most),
  expected: expected === null ? null : of(expected),
});

/** The visits of the names that are live, and their hours. `shaping` is as for `dnsEffort`. */
export function httpEffort(
  { name, config }: Named<HttpPersona>,
  expected: ExpectedNames,
  shaping: ShapingConfig | null,
): z.output<typeof httpEffortSchema> {
  const reached = (config.concurrency / ENGINE_RATES.secondsPerVisit) * expected.workers;
  const shaped = resolveShaping(shaping, config.shaping);
  const visitsPerSecond = Math.min(reached, shaped === null ? reached : (rhythmLimit(shaped) ?? reached));
  const visits = spanOf(expected, (live) => live);
  return {
    personaName: name,
    visits,
    visitsPerSecond,
    hours: mapSpan(visits, (n) => inHours(n / visitsPerSecond)),
  };
}

/** Bytes that the campaign's rows take, for the phases that it has. */
export const diskEffort = (
  expected: ExpectedNames,
  phases: { readonly dns: boolean; readonly http: boolean },
): Span =>
  spanOf(expected, (live) => {
    const dns = phases.dns
      ? (expected.names - live) * DISK_BYTES.absentResult + live * DISK_BYTES.liveResult
      : 0;
    const visited = phases.dns ? live : expected.names;
    return expected.names * DISK_BYTES.name + dns + (phases.http ? visited * DISK_BYTES.page : 0);
  });
