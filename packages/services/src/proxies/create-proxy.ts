import { proxies } from '@domainflow/db/schema/proxy.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { nameTaken } from '../rows/unique-name.ts';
import { sealCredentials } from './credentials.ts';
import { proxyFields, requireAllowedHost } from './proxy-fields.ts';
import { proxyViewOf, proxyViewSchema } from './views.ts';

export const createProxy = mutation({
  name: 'proxies.create',
  summary: 'Create a proxy; its credentials are kept sealed and never shown',
  rest: { method: 'POST', path: '/proxies', status: 201 },
  access: 'member',
  input: z.object({
    ...proxyFields,
    country: proxyFields.country.default(null),
    provider: proxyFields.provider.default(null),
    username: proxyFields.username.default(null),
    password: proxyFields.password.default(null),
    maxConnections: proxyFields.maxConnections.default(64),
    requestsPerSecond: proxyFields.requestsPerSecond.default(null),
  }),
  output: proxyViewSchema,
  audit: ({ name, kind }, output) => ({ entity: 'proxy', entityId: output.proxyId, details: { name, kind } }),

  async run({ tx, actor, probes, secrets }, { username, password, ...fields }) {
    requireAllowedHost(probes, fields.host, fields.port);
    const [next] = await tx.execute<{ id: string }>(sql`SELECT uuidv7() AS id`);
    const id = z.string().parse(next?.id);
    const sealed = await sealCredentials(secrets, id, { username, password });
    const [row] = await tx
      .insert(proxies)
      .values({ id, ...fields, ...sealed, createdBy: actor.userId })
      .onConflictDoNothing({ target: proxies.name })
      .returning();
    if (row === undefined) throw nameTaken('proxy', fields.name);
    return proxyViewOf(row, null);
  },
});
