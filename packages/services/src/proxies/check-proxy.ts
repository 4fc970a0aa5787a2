import { proxies } from '@domainflow/db/schema/proxy.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { personaIdSchema, proxyIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { type CheckedProxy, checkProxies, keepChecks } from './check-proxies.ts';
import { liveStateOf } from './live-state.ts';
import { proxyViewOf, proxyViewSchema } from './views.ts';

/** What a health check may be told. */
export const checkInput = {
  /** The page to fetch; by default one that says from where it was asked. */
  url: z.string().trim().max(2_048).optional(),
  /** How the proxy's own name is looked up; the default persona otherwise. */
  dnsPersonaId: personaIdSchema.optional(),
};

export const checkProxy = mutation({
  name: 'proxies.healthCheck',
  summary: 'Fetch a page through a proxy: whether it works, how fast, and where it comes out',
  rest: { method: 'POST', path: '/proxies/{id}/health-check' },
  access: 'member',
  input: z.object({ id: proxyIdSchema, ...checkInput }),
  output: proxyViewSchema,
  audit: ({ id }, { lastCheck }) => ({
    entity: 'proxy',
    entityId: id,
    details: { ok: lastCheck?.ok ?? null },
  }),

  async prepare(ctx, { id, ...options }): Promise<CheckedProxy[]> {
    const rows = await ctx.db.select().from(proxies).where(eq(proxies.id, id));
    if (rows.length === 0) throw notFound('proxy', id);
    return checkProxies(ctx, rows, options);
  },
  async run(ctx, { id }, checked) {
    await keepChecks(ctx, checked);
    const [row] = await ctx.tx.select().from(proxies).where(eq(proxies.id, id));
    if (row === undefined) throw notFound('proxy', id);
    return proxyViewOf(row, await liveStateOf(ctx.tx, id));
  },
});
