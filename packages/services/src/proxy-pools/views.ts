import type { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { PROXY_ROTATIONS } from '@domainflow/domain/http/proxy-pool.ts';
import { z } from 'zod';

export const poolSummarySchema = z.object({
  proxyPoolId: z.string(),
  name: z.string(),
  description: z.string(),
  rotation: z.enum(PROXY_ROTATIONS),
  /** Failures in a row after which a proxy is left out, for `pauseMs` at first and `maxPauseMs` at most. */
  ejectAfterFailures: z.int(),
  pauseMs: z.int(),
  maxPauseMs: z.int(),
  /** Who resolves the targets: the proxy (`name`), or the DNS phase (`address`). */
  targetBy: z.enum(['name', 'address']),
  proxyCount: z.int(),
  version: z.int(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const poolViewSchema = poolSummarySchema.extend({
  /** In the order of the rotation. */
  proxyIds: z.array(z.string()),
});

type Row = typeof proxyPools.$inferSelect;

export const poolSummaryOf = (
  row: Row & { readonly proxyCount: number },
): z.input<typeof poolSummarySchema> => ({
  proxyPoolId: row.id,
  name: row.name,
  description: row.description,
  rotation: row.rotation,
  ejectAfterFailures: row.ejectAfterFailures,
  pauseMs: row.pauseMs,
  maxPauseMs: row.maxPauseMs,
  targetBy: row.targetBy,
  proxyCount: row.proxyCount,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export const poolViewOf = (row: Row, proxyIds: string[]): z.input<typeof poolViewSchema> => ({
  ...poolSummaryOf({ ...row, proxyCount: proxyIds.length }),
  proxyIds,
});
