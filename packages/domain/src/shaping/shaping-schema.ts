import { z } from 'zod';
import { PROXY_ROTATIONS } from '../http/proxy-pool.ts';
import { personaIdSchema } from '../ids.ts';
import { jitterSchema } from './jitter.ts';
import { quietHoursSchema } from './quiet-hours.ts';

export const SHAPING_PRESETS = ['off', 'gentle', 'discreet'] as const;
export type ShapingPreset = (typeof SHAPING_PRESETS)[number];

const ORDERS = ['sequential', 'random'] as const;

/** How much of what is sent may concern one target, over all workers of the campaign's phase. */
const capSchema = z.object({
  /** Questions or requests in a second; null: no limit. */
  perSecond: z.number().min(0.001).max(1_000_000).nullable().default(null),
  /** Questions or visits under way at once; null: no limit. */
  concurrency: z.int().min(1).max(100_000).nullable().default(null),
});
export type Cap = z.output<typeof capSchema>;

/**
 * What a cap counts by. `resolver`: each DNS resolver of the persona. `nameServer`: those of a public suffix (the servers
 * of `com`), which see every look-up of a name below it that no cache knows. `address`: the IP address of a site.
 * `registrableDomain`: a domain with all names below it.
 */
export const CAP_KINDS = ['resolver', 'nameServer', 'address', 'registrableDomain'] as const;
export type CapKind = (typeof CAP_KINDS)[number];

const capsSchema = z.object({
  resolver: capSchema.nullable().default(null),
  nameServer: capSchema.nullable().default(null),
  address: capSchema.nullable().default(null),
  registrableDomain: capSchema.nullable().default(null),
});

const rotationSchema = z.object({
  /** Personas of the phase's kind that take turns with the phase's own one. */
  personaIds: z.array(personaIdSchema).max(32).default([]),
  /** The resolvers of a DNS persona take turns as the one that is asked first. */
  resolvers: z.boolean().default(false),
  /** How the proxies of a pool take turns, in place of what the pool says; null: as it says. */
  proxies: z.enum(PROXY_ROTATIONS).nullable().default(null),
  /** `domain`: each domain has its turn. `slice`: everything in a stretch of time has the same. */
  every: z.enum(['domain', 'slice']).default('domain'),
  sliceMs: z.int().min(100).max(86_400_000).default(60_000),
});

/** How traffic is shaped, with nothing left open. */
const shapingValues = z.object({
  /** `random`: domains are taken in an order that a key decides, over the whole campaign. */
  order: z.enum(ORDERS).default('sequential'),
  jitter: jitterSchema.prefault({}),
  rotation: rotationSchema.prefault({}),
  caps: capsSchema.prefault({}),
  quietHours: quietHoursSchema.nullable().default(null),
});
export type Shaping = z.output<typeof shapingValues>;

/** How traffic is shaped, as it is configured: a preset, and what is to differ from it. */
export const shapingSchema = z
  .object({
    /** `off` shapes nothing, whatever else stands here. Absent: nothing is shaped but what stands here. */
    preset: z.enum(SHAPING_PRESETS).optional(),
    order: z.enum(ORDERS).optional(),
    jitter: jitterSchema.optional(),
    rotation: rotationSchema.optional(),
    caps: capsSchema.optional(),
    /** Null: none, also where the preset has some. */
    quietHours: quietHoursSchema.nullable().optional(),
  })
  .strict();
export type ShapingConfig = z.output<typeof shapingSchema>;

/** What the presets mean. */
export const PRESET_VALUES: Readonly<Record<Exclude<ShapingPreset, 'off'>, Shaping>> = {
  // Nobody is asked more than a busy visitor asks; the campaign's own speed stays.
  gentle: shapingValues.parse({
    order: 'random',
    caps: {
      resolver: { perSecond: 200 },
      address: { perSecond: 5, concurrency: 4 },
      registrableDomain: { perSecond: 5, concurrency: 2 },
    },
  }),
  // A few starts a second, at times that show no rhythm, from changing resolvers.
  discreet: shapingValues.parse({
    order: 'random',
    jitter: { distribution: 'exponential', meanMs: 200 },
    rotation: { resolvers: true, every: 'domain' },
    caps: {
      resolver: { perSecond: 10 },
      nameServer: { perSecond: 5 },
      address: { perSecond: 0.5, concurrency: 1 },
      registrableDomain: { perSecond: 1, concurrency: 1 },
    },
  }),
};

/**
 * The shaping that holds: that of the phase's configuration, or else the persona's. Null where there is none, or where
 * the one that holds is `off`. A part that is given replaces the preset's part as a whole.
 */
export function resolveShaping(
  ofPhase: ShapingConfig | null | undefined,
  ofPersona: ShapingConfig | null | undefined,
): Shaping | null {
  const config = ofPhase ?? ofPersona ?? null;
  if (config === null || config.preset === 'off') return null;
  const base = config.preset === undefined ? shapingValues.parse({}) : PRESET_VALUES[config.preset];
  return {
    order: config.order ?? base.order,
    jitter: config.jitter ?? base.jitter,
    rotation: config.rotation ?? base.rotation,
    caps: config.caps ?? base.caps,
    quietHours: config.quietHours === undefined ? base.quietHours : config.quietHours,
  };
}

/** Fewer are not worth a batch of their own. */
const FEWEST_IN_BATCH = 50;

/**
 * How many domains a batch of a run with this shaping has, where one without has `batchSize`: about as many as may be
 * begun in a second, so that all workers have a part of a run that is held back. A rhythm in sequence keeps its batches: of
 * several under way at once each would be a part of the way.
 */
export function shapedBatchSize(shaping: Shaping | null, batchSize: number): number {
  if (shaping === null) return batchSize;
  const { order, jitter, caps } = shaping;
  if (order === 'sequential' && jitter.distribution !== 'none') return batchSize;
  const rhythm = jitter.distribution === 'none' ? Number.POSITIVE_INFINITY : 1_000 / jitter.meanMs;
  const rates = [caps.resolver, caps.nameServer].map((cap) => cap?.perSecond ?? Number.POSITIVE_INFINITY);
  return Math.min(batchSize, Math.max(FEWEST_IN_BATCH, Math.ceil(Math.min(rhythm, ...rates))));
}
