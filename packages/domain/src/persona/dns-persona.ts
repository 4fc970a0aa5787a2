import { z } from 'zod';
import { shapingSchema } from '../shaping/shaping-schema.ts';
import { resolverKey, resolverProblem, TRANSPORTS, type Transport } from './resolver-address.ts';

export const RECORD_TYPES = ['A', 'AAAA', 'NS', 'MX', 'TXT', 'CNAME', 'SOA', 'CAA'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

export const RESOLVER_STRATEGIES = ['round_robin', 'random', 'weighted', 'failover'] as const;
export type ResolverStrategy = (typeof RESOLVER_STRATEGIES)[number];

/** The bit of a resolver that has been asked lies in two words of 32: `packages/net/src/dns/slot-table.ts`. */
const MOST_RESOLVERS = 64;

const decidesLiveness = (type: RecordType): boolean => type === 'A' || type === 'AAAA';

const queriesPerSecond = z.int().min(1).max(1_000_000).nullable().default(null);

const resolverEntrySchema = z.object({
  /** An IP address, with a port where it is not 53; for the transport doh a URL with https. */
  address: z.string().trim().max(512),
  /** Share of the questions with the strategy `weighted`, in relation to the others. */
  weight: z.int().min(1).max(100).default(1),
  /** Upper limit for this resolver; null: that of the persona. The lower of the two holds. */
  queriesPerSecond,
});
/** One resolver of a persona. */
export type ResolverEntry = z.infer<typeof resolverEntrySchema>;

/** A text alone is taken for the address. */
const resolverInput = z.preprocess(
  (entry: string | z.input<typeof resolverEntrySchema>) =>
    typeof entry === 'string' ? { address: entry } : entry,
  resolverEntrySchema,
);

const resolverList = z.array(resolverInput).max(MOST_RESOLVERS).default([]);

interface AddressFault {
  readonly path: readonly [string, number, string];
  readonly message: string;
}

/** Addresses that the transport cannot ask, and those that stand there twice. */
function addressFaults(
  field: string,
  entries: readonly ResolverEntry[],
  transport: Transport,
): AddressFault[] {
  const seen = new Map<string, number>();
  return entries.flatMap(({ address }, index): AddressFault[] => {
    const path = [field, index, 'address'] as const;
    const problem = resolverProblem(address, transport);
    if (problem !== null) return [{ path, message: problem }];
    const key = resolverKey(address);
    const before = seen.get(key);
    seen.set(key, before ?? index);
    return before === undefined ? [] : [{ path, message: `The same resolver as number ${before + 1}` }];
  });
}

/** How DNS is asked. `resolvers` empty: the system's own. */
export const dnsPersonaSchema = z
  .object({
    resolvers: resolverList,
    /**
     * Who is asked first: each in turn, any, each by its weight, or the first in the list that is healthy. A retry goes
     * to another one in any case.
     */
    strategy: z.enum(RESOLVER_STRATEGIES).default('round_robin'),
    transport: z.enum(TRANSPORTS).default('udp'),
    /** How DoH sends a query (RFC 8484, 4.1); caches on the way can use GET only. */
    dohMethod: z.enum(['GET', 'POST']).default('POST'),
    timeoutMs: z.int().min(50).max(30_000).default(2_000),
    /** Queries for one question, each on another resolver where there is one; who refuses everything does not count. */
    attempts: z.int().min(1).max(20).default(4),
    /** Upper limit for each resolver; null is limited only by loss. */
    queriesPerSecond,
    recordTypes: z
      .array(z.enum(RECORD_TYPES))
      .min(1)
      .max(8)
      .refine(
        (types) => types.some(decidesLiveness),
        'A or AAAA must be asked for: they decide whether a domain is live.',
      )
      .default(['A', 'AAAA']),
    /** Letters of names in random case, which a forger would have to guess (0x20). */
    randomizeCase: z.boolean().default(false),
    /** Largest UDP reply that is asked for (RFC 6891); 0 asks without EDNS. */
    ednsBufferBytes: z
      .union([z.literal(0), z.int().min(512).max(4_096)], '0 for none, or 512 to 4096')
      .default(1_232),
    /** Resolvers that are believed before others, for what must be checked again. */
    trustedResolvers: resolverList,
    /** Traffic shaping of phases with this persona that say nothing of their own. */
    shaping: shapingSchema.nullish(),
  })
  .superRefine(({ resolvers, trustedResolvers, transport }, context) => {
    const faults = [
      ...addressFaults('resolvers', resolvers, transport),
      ...addressFaults('trustedResolvers', trustedResolvers, transport),
    ];
    for (const { path, message } of faults) context.addIssue({ code: 'custom', path: [...path], message });
    // The system's resolvers are known by their addresses only.
    if (transport === 'doh' && resolvers.length === 0) {
      context.addIssue({ code: 'custom', path: ['resolvers'], message: 'DoH needs at least one resolver' });
    }
  });
export type DnsPersona = z.infer<typeof dnsPersonaSchema>;
/** What is written for a persona: all fields have defaults, and a text stands for a resolver. */
export type DnsPersonaInput = z.input<typeof dnsPersonaSchema>;
