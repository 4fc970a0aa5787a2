import type { Database } from '@domainflow/db/client.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { within } from '../rows/within.ts';
import { VERSION } from './version.ts';

const ANSWER_WITHIN_MS = 3_000;

/** Milliseconds for a round trip to the database; null where it does not answer in time. */
async function databaseLatencyMs(db: Database): Promise<number | null> {
  const startedMs = performance.now();
  const round = db.execute(sql`SELECT 1`).then(
    () => Math.round(performance.now() - startedMs),
    () => null,
  );
  return within(ANSWER_WITHIN_MS, round, null);
}

export const health = query({
  name: 'system.health',
  summary: 'State of the platform and of what it depends on',
  rest: { method: 'GET', path: '/health' },
  access: 'public',
  input: z.object({}),
  output: z.object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    time: z.string(),
    database: z.object({ reachable: z.boolean(), latencyMs: z.int().nullable() }),
  }),
  async run({ db }) {
    const latencyMs = await databaseLatencyMs(db);
    return {
      status: latencyMs === null ? ('degraded' as const) : ('ok' as const),
      version: VERSION,
      time: new Date().toISOString(),
      database: { reachable: latencyMs !== null, latencyMs },
    };
  },
});

export const ready = query({
  name: 'system.ready',
  summary: 'Whether requests can be served now; 503 when they cannot',
  rest: { method: 'GET', path: '/health/ready' },
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.literal('ready') }),
  async run({ db }) {
    if ((await databaseLatencyMs(db)) === null) {
      throw new DomainFlowError('UNAVAILABLE', 'The database cannot be reached.');
    }
    return { status: 'ready' as const };
  },
});

export const live = query({
  name: 'system.live',
  summary: 'Whether the process runs',
  rest: { method: 'GET', path: '/health/live' },
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.literal('live') }),
  run: () => Promise.resolve({ status: 'live' as const }),
});
