import type { Database } from '@domainflow/db/client.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { workers } from '@domainflow/db/schema/worker.ts';
import { phasesOf } from '@domainflow/domain/campaign/types.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { personaIdSchema } from '@domainflow/domain/ids.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { shapingSchema } from '@domainflow/domain/shaping/shaping-schema.ts';
import { and, count, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation, type QueryContext } from '../operation/operation.ts';
import { atField, openCampaignSpace } from '../pattern-offsets/pattern-space.ts';
import { readNextOffset } from '../pattern-offsets/read-offset.ts';
import { sampledOffsetSchema, sampleSpace } from '../pattern-offsets/sample-space.ts';
import { takeRange } from '../pattern-offsets/take-range.ts';
import type { PersonaKind } from '../personas/config-schemas.ts';
import { wordListsOf } from '../word-lists/word-list-cache.ts';
import { countNames } from './count-names.ts';
import { drawNames } from './draw-names.ts';
import {
  diskEffort,
  diskEffortSchema,
  dnsEffort,
  dnsEffortSchema,
  generationHours,
  httpEffort,
  httpEffortSchema,
} from './effort.ts';
import { MAX_YIELD_SAMPLE, type SampledYield, sampledYieldSchema, sampleYield } from './sample-yield.ts';

const inputSchema = z.object({
  pattern: patternSchema,
  /** Decides which phases follow generation. */
  campaignType: z.enum(['generation', 'pipeline']).default('pipeline'),
  /** Null: the platform's default. */
  dnsPersonaId: personaIdSchema.nullable().default(null),
  httpPersonaId: personaIdSchema.nullable().default(null),
  /** Traffic shaping of the phases; null: as the personas say. */
  dnsShaping: shapingSchema.nullable().default(null),
  httpShaping: shapingSchema.nullable().default(null),
  samples: z.int().min(1).max(200).default(20),
  /** Resolves so many random names with the DNS persona, now. */
  sampleYield: z.int().min(1).max(MAX_YIELD_SAMPLE).optional(),
});

const forecastSchema = z.object({
  patternHash: z.string(),
  /** Offsets of the whole space; a decimal string, as all offsets. */
  size: z.string(),
  /** Offsets that the campaign would take if it started now, `endOffset` not included. */
  startOffset: z.string(),
  endOffset: z.string(),
  offsets: z.int(),
  /** Names that they give, and offsets that are skipped, by reason. */
  names: z.int(),
  skipped: z.record(z.string(), z.int()),
  /** False: estimated from a sample across the range. */
  namesAreExact: z.boolean(),
  sample: z.array(sampledOffsetSchema),
  generationHours: z.number(),
  /** Workers that are there now; the forecast is for one where there are none. */
  workers: z.int(),
  /** Null where the campaign has no such phase. */
  dns: dnsEffortSchema.nullable(),
  http: httpEffortSchema.nullable(),
  diskBytes: diskEffortSchema,
  sampledYield: sampledYieldSchema.nullable(),
});
type Forecast = z.output<typeof forecastSchema>;

/** Heard of a worker within this time: it is there. */
const WORKER_IS_THERE = '10 seconds';

export const forecastPattern = mutation({
  name: 'campaigns.forecast',
  summary:
    'What a pattern’s campaign would come to: names, queries, hours, disk, and on request a sampled yield',
  rest: { method: 'POST', path: '/campaigns/domain-generation/forecast' },
  access: 'member',
  input: inputSchema,
  output: forecastSchema,
  // Only a sample asks anybody anything.
  audit: ({ dnsPersonaId }, { patternHash, sampledYield }) =>
    sampledYield === null
      ? null
      : {
          entity: 'pattern',
          entityId: null,
          details: { patternHash, dnsPersonaId, sampled: sampledYield.sampled },
        },
  prepare: (ctx, input): Promise<Forecast> => forecast(ctx, input),
  run: (_ctx, _input, result: Forecast) => Promise.resolve(result),
});

async function forecast(
  { db, probes, request }: QueryContext,
  input: z.output<typeof inputSchema>,
): Promise<Forecast> {
  const { pattern, campaignType, samples } = input;
  const { space, patternHash } = await openCampaignSpace(wordListsOf(db), pattern, 'pattern');
  const nextOffset = await readNextOffset(db, patternHash);
  const range = await atField('pattern', () => takeRange(pattern, space.size, nextOffset));
  const { names, skipped, isExact } = countNames(space, range);

  const dnsPersona = await personaOf(db, 'dns', input.dnsPersonaId);
  const httpPersona = await personaOf(db, 'http', input.httpPersonaId);
  const dns = { name: dnsPersona.name, config: dnsPersonaSchema.parse(dnsPersona.config) };
  const http = { name: httpPersona.name, config: httpPersonaSchema.parse(httpPersona.config) };
  let sampled: SampledYield | null = null;
  if (input.sampleYield !== undefined) {
    const drawn = drawNames(space, range, input.sampleYield);
    sampled = await sampleYield(probes, dns.config, drawn, names, request.signal);
  }

  const phases = phasesOf(campaignType, 'pattern');
  const has = { dns: phases.includes('dns'), http: phases.includes('http') };
  const present = await countWorkers(db);
  const expected = { names, live: sampled?.liveNames?.expected ?? null, workers: Math.max(present, 1) };
  return {
    patternHash,
    size: String(space.size),
    startOffset: String(range.start),
    endOffset: String(range.start + BigInt(range.count)),
    offsets: range.count,
    names,
    skipped,
    namesAreExact: isExact,
    sample: sampleSpace(space, range.start, BigInt(range.count), samples),
    generationHours: generationHours(range.count),
    workers: present,
    dns: has.dns ? dnsEffort(dns, expected, input.dnsShaping) : null,
    http: has.http ? httpEffort(http, expected, input.httpShaping) : null,
    diskBytes: diskEffort(expected, has),
    sampledYield: sampled,
  };
}

async function personaOf(
  db: Database,
  kind: PersonaKind,
  id: string | null,
): Promise<{ readonly name: string; readonly config: unknown }> {
  const [row] = await db
    .select({ name: personas.name, config: personas.config })
    .from(personas)
    .where(and(eq(personas.kind, kind), id === null ? eq(personas.isDefault, true) : eq(personas.id, id)));
  if (row !== undefined) return row;
  const called = `${kind.toUpperCase()} persona`;
  const message = id === null ? `There is no default ${called}: name one.` : `No ${called} with id ${id}.`;
  throw invalidInput(message, `${kind}PersonaId`);
}

async function countWorkers(db: Database): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(workers)
    .where(sql`${workers.seenAt} > clock_timestamp() - ${WORKER_IS_THERE}::interval`);
  return row?.n ?? 0;
}
