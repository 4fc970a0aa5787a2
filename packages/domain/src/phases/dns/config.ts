import { z } from 'zod';
import { personaIdSchema } from '../../ids.ts';
import { shapingSchema } from '../../shaping/shaping-schema.ts';

const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+$/, 'A host name in ASCII');

const rdapServer = z.object({
  /** A top-level domain as an A-label, or `*` for all. */
  tld: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?:\*|[a-z0-9-]{1,63})$/, 'A top-level domain, or *'),
  /** Base URL of RDAP (RFC 9224): `https://rdap.example/`. */
  url: z
    .string()
    .trim()
    .max(512)
    .refine((text) => {
      const url = URL.parse(text);
      return (
        url !== null &&
        /^https?:$/.test(url.protocol) &&
        url.username === '' &&
        url.search === '' &&
        url.hash === ''
      );
    }, 'A URL with http:// or https://, without user, query and fragment'),
});

export const dnsConfigSchema = z.object({
  /** The DNS persona; null is the platform's default. */
  personaId: personaIdSchema.nullable().default(null),
  /** Traffic shaping; null is as the persona says, and none where it says nothing. */
  shaping: shapingSchema.nullable().default(null),
  /**
   * Queries that may be sent again, as a share of the domains; beyond it each question is asked once and what stays
   * undecided is marked.
   */
  retryBudget: z.number().min(0).max(20).default(1),
  /** Zones that answer for random names are found before names below them are believed. */
  wildcardDetection: z.boolean().default(true),
  /** How it is found out whether a domain can be registered; `off` leaves that unknown. */
  registrationCheck: z.enum(['off', 'delegation', 'rdap']).default('delegation'),
  /** Asked before those that the operator has listed (for `registrationCheck` `rdap`). */
  rdapServers: z.array(rdapServer).max(1_000).default([]),
  /** What the persona's trusted resolvers are asked again, besides what stayed undecided. */
  recheck: z.enum(['none', 'positives', 'all']).default('positives'),
  /** Names with known answers among the others, by which resolvers are measured. */
  canaries: z
    .object({
      enabled: z.boolean().default(true),
      perThousand: z.int().min(1).max(100).default(2),
      /** Names that exist; none given: well-known ones. Each is used once independent resolvers know it. */
      positives: z.array(hostName).max(100).default([]),
    })
    .prefault({}),
});
export type DnsConfig = z.infer<typeof dnsConfigSchema>;
