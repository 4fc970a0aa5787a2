import type { Database } from '@domainflow/db/client.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation.ts';

/** The version of the API and of everything released with it. */
export const VERSION = '0.1.0';

const ANSWER_WITHIN_MS = 3_000;

/** Milliseconds for a round trip to the database, or null when it does not answer in time. */
async function databaseLatencyMs(db: Database): Promise<number | null> {
  const start = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const expired = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('too slow')), ANSWER_WITHIN_MS);
    });
    await Promise.race([db.execute(sql`SELECT 1`), expired]);
    return Math.round(performance.now() - start);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  time: z.string(),
  database: z.object({ reachable: z.boolean(), latencyMs: z.int().nullable() }),
});

export const systemOperations = {
  health: query({
    name: 'system.health',
    summary: 'State of the platform and of what it depends on',
    rest: { method: 'GET', path: '/health' },
    access: 'public',
    input: z.object({}),
    output: healthSchema,
    run: async ({ db }) => {
      const latencyMs = await databaseLatencyMs(db);
      return {
        status: latencyMs === null ? ('degraded' as const) : ('ok' as const),
        version: VERSION,
        time: new Date().toISOString(),
        database: { reachable: latencyMs !== null, latencyMs },
      };
    },
  }),
  ready: query({
    name: 'system.ready',
    summary: 'Whether requests can be served now; 503 when they cannot',
    rest: { method: 'GET', path: '/health/ready' },
    access: 'public',
    input: z.object({}),
    output: z.object({ status: z.literal('ready') }),
    run: async ({ db }) => {
      if ((await databaseLatencyMs(db)) === null) {
        throw new DomainFlowError('UNAVAILABLE', 'The database cannot be reached.');
      }
      return { status: 'ready' as const };
    },
  }),
  live: query({
    name: 'system.live',
    summary: 'Whether the process runs',
    rest: { method: 'GET', path: '/health/live' },
    access: 'public',
    input: z.object({}),
    output: z.object({ status: z.literal('live') }),
    run: () => Promise.resolve({ status: 'live' as const }),
  }),
};
