import { RESOLVER_STATES } from '@domainflow/db/schema/resolver-health.ts';
import { TRANSPORTS } from '@domainflow/domain/persona/resolver-address.ts';
import { z } from 'zod';

const figures = {
  queries: z.int(),
  replies: z.int(),
  /** Queries whose time ran out. */
  timeouts: z.int(),
  /** Queries whose connection was refused or ended. */
  lost: z.int(),
  /** How often it was put aside. */
  ejections: z.int(),
  /** Replies by RCODE. */
  rcodes: z.record(z.string(), z.int()),
  queriesPerSecond: z.number(),
  /** Share of the queries that brought neither NOERROR nor NXDOMAIN; null without any. */
  errorRate: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
};

export const resolverHealthSchema = z.object({
  resolver: z.string(),
  transport: z.enum(TRANSPORTS),
  /**
   * `lying`: canaries of recent runs found it to invent answers. Otherwise as most workers find it: `ejected` is put
   * aside, `probing` put aside and being tried.
   */
  state: z.enum([...RESOLVER_STATES, 'lying']),
  since: z.string(),
  problem: z.string().nullable(),
  ...figures,
  /** From the canaries of DNS runs of the last hour; null where none were asked. */
  canaries: z
    .object({
      positiveAsked: z.int(),
      falseNegatives: z.int(),
      absentAsked: z.int(),
      falsePositives: z.int(),
    })
    .nullable(),
  workers: z.array(
    z.object({
      workerId: z.string(),
      host: z.string().nullable(),
      state: z.enum(RESOLVER_STATES),
      since: z.string(),
      problem: z.string().nullable(),
      ...figures,
      reportedAt: z.string(),
    }),
  ),
});
