import { z } from 'zod';

const registrationSchema = z.object({
  domain: z.string().optional(),
  by: z.string().optional(),
  /** What the delegation says. */
  state: z.enum(['delegated', 'none', 'unlisted', 'unknown']).optional(),
  server: z.string().nullish(),
  rcode: z.string().optional(),
  nameServers: z.array(z.string()).optional(),
  /** What RDAP says. */
  status: z.enum(['available', 'registered', 'unknown']).optional(),
  url: z.string().nullish(),
  reason: z.string().optional(),
  registrar: z.string().optional(),
  registeredAt: z.string().optional(),
  expiresAt: z.string().optional(),
  states: z.array(z.string()).optional(),
});

/** Evidence of a DNS verdict as pages lay it out (`DnsEvidence` of the domain); what is more is left to the raw view. */
export const dnsEvidenceSchema = z.object({
  resolver: z.string().nullable(),
  rcode: z.string(),
  attempts: z.number(),
  rttMs: z.number().nullable(),
  transport: z.string(),
  problem: z.string().optional(),
  isCaseIgnored: z.boolean().optional(),
  records: z.array(z.object({ type: z.string(), ttl: z.number(), data: z.string() })).optional(),
  recordsDropped: z.number().optional(),
  byType: z.record(z.string(), z.string()).optional(),
  wildcard: z
    .object({
      zone: z.string(),
      isWildcard: z.boolean().nullable(),
      probes: z
        .array(z.object({ name: z.string(), rcode: z.string(), answers: z.array(z.string()) }))
        .optional(),
      isRotating: z.boolean().optional(),
    })
    .optional(),
  registration: registrationSchema.optional(),
  recheck: z
    .object({
      resolver: z.string().nullable(),
      verdict: z.string(),
      instead: z
        .object({ resolver: z.string().nullable(), verdict: z.string(), rcode: z.string() })
        .optional(),
      because: z.string(),
    })
    .optional(),
  retriesCut: z.boolean().optional(),
});
export type DnsEvidenceView = z.output<typeof dnsEvidenceSchema>;
