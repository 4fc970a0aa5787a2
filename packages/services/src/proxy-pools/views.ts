import type { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { PROXY_ROTATIONS } from '@domainflow/domain/http/proxy-pool.ts';
import { z } from 'zod';
import {
  type LiveMember,
  liveMemberSchema,
  type PoolStates,
  poolStatesSchema,
  statesOf,
} from './live-members.ts';

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
  states: poolStatesSchema,
  version: z.int(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const poolViewSchema = poolSummarySchema.extend({
  /** In the order of the rotation. */
  proxyIds: z.array(z.string()),
  /** In that order too, as the workers find them. */
  members: z.array(liveMemberSchema),
});

type Row = typeof proxyPools.$inferSelect;

export const poolSummaryOf = (
  row: Row & { readonly proxyCount: number },
  states: PoolStates,
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
  states,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export const poolViewOf = (row: Row, members: LiveMember[]): z.input<typeof poolViewSchema> => ({
  ...poolSummaryOf({ ...row, proxyCount: members.length }, statesOf(members)),
  proxyIds: members.map(({ proxyId }) => proxyId),
  members,
});
