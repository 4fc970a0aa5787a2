import { resolverHealth } from '@domainflow/db/schema/resolver-health.ts';
import { workers } from '@domainflow/db/schema/worker.ts';
import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { REPORT_EXPIRES_SECONDS } from '../health/merge-reports.ts';
import { query } from '../operation/operation.ts';
import { mergeHealth, type ResolverOfWorker } from './merge-health.ts';
import { recentCanaries } from './recent-canaries.ts';
import { resolverHealthSchema } from './views.ts';

export const getResolverHealth = query({
  name: 'resolvers.health',
  summary: 'How the workers find the resolvers that they ask at present',
  rest: { method: 'GET', path: '/resolvers/health' },
  access: 'member',
  input: z.object({}),
  output: z.object({ items: z.array(resolverHealthSchema) }),

  async run({ db }) {
    const rows: ResolverOfWorker[] = await db
      .select({ health: resolverHealth, host: workers.host })
      .from(resolverHealth)
      .leftJoin(workers, eq(workers.id, resolverHealth.workerId))
      .where(
        sql`${resolverHealth.reportedAt} > clock_timestamp() - make_interval(secs => ${REPORT_EXPIRES_SECONDS})`,
      )
      .orderBy(asc(resolverHealth.resolver), asc(resolverHealth.transport), asc(resolverHealth.workerId));
    return { items: mergeHealth(rows, await recentCanaries(db)) };
  },
});
