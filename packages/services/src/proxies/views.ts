import type { proxies } from '@domainflow/db/schema/proxy.ts';
import { PROXY_KINDS } from '@domainflow/domain/http/proxy-pool.ts';
import { z } from 'zod';
import { type LiveState, liveStateSchema } from './live-state.ts';

export const proxyCheckSchema = z.object({
  ok: z.boolean(),
  checkedAt: z.string(),
  latencyMs: z.number().nullable(),
  /** From where the proxy's requests come, as the page that was asked says. */
  exitAddress: z.string().nullable(),
  problem: z.string().nullable(),
});

export const proxyViewSchema = z.object({
  proxyId: z.string(),
  name: z.string(),
  kind: z.enum(PROXY_KINDS),
  host: z.string(),
  port: z.int(),
  country: z.string().nullable(),
  provider: z.string().nullable(),
  /** Whether there is a user name, and a password: neither is ever shown. */
  hasUsername: z.boolean(),
  hasPassword: z.boolean(),
  maxConnections: z.int(),
  requestsPerSecond: z.number().nullable(),
  /** The last health check. */
  lastCheck: proxyCheckSchema.nullable(),
  /** How the workers find it that use it, or did of late; null where none does. */
  live: liveStateSchema.nullable(),
  version: z.int(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const proxyViewOf = (
  row: typeof proxies.$inferSelect,
  live: LiveState | null,
): z.input<typeof proxyViewSchema> => ({
  proxyId: row.id,
  name: row.name,
  kind: row.kind,
  host: row.host,
  port: row.port,
  country: row.country,
  provider: row.provider,
  hasUsername: row.username !== null,
  hasPassword: row.password !== null,
  maxConnections: row.maxConnections,
  requestsPerSecond: row.requestsPerSecond,
  lastCheck: row.lastCheck,
  live,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
