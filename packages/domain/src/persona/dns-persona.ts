import { z } from 'zod';
import { isResolverAddress } from './resolver-address.ts';

export const RECORD_TYPES = ['A', 'AAAA', 'NS', 'MX', 'TXT', 'CNAME', 'SOA', 'CAA'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

const decidesLiveness = (type: RecordType): boolean => type === 'A' || type === 'AAAA';

/** How DNS is asked. `resolvers` empty: the system's own. */
export const dnsPersonaSchema = z.object({
  /** `address` or `address:port` (`[address]:port` for IPv6), port 53 where absent. */
  resolvers: z
    .array(
      z
        .string()
        .trim()
        .max(64)
        .refine(isResolverAddress, 'An IP address, or address:port ([address]:port for IPv6)'),
    )
    .max(64)
    .default([]),
  strategy: z.enum(['round_robin', 'random']).default('round_robin'),
  timeoutMs: z.int().min(50).max(30_000).default(2_000),
  /** Queries in all for one question, each on another resolver where there is one. */
  attempts: z.int().min(1).max(20).default(4),
  /** Upper limit for each resolver; null is limited only by loss. */
  queriesPerSecond: z.int().min(1).max(1_000_000).nullable().default(null),
  recordTypes: z
    .array(z.enum(RECORD_TYPES))
    .min(1)
    .max(8)
    .refine(
      (types) => types.some(decidesLiveness),
      'A or AAAA must be asked for: they decide whether a domain is live.',
    )
    .default(['A', 'AAAA']),
});
export type DnsPersona = z.infer<typeof dnsPersonaSchema>;
