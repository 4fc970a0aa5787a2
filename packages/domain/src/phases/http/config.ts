import { z } from 'zod';
import { DIRECT } from '../../http/proxy-pool.ts';
import { personaIdSchema, proxyPoolIdSchema } from '../../ids.ts';
import { hasRobotsReason, ROBOTS_POLICIES, ROBOTS_REASON_MISSING } from '../../persona/http-persona.ts';
import { shapingSchema } from '../../shaping/shaping-schema.ts';

export const httpConfigSchema = z
  .object({
    /** The HTTP persona; null is the platform's default. */
    personaId: personaIdSchema.nullable().default(null),
    /**
     * The DNS persona that looks up redirect targets, and names as far as `addresses` wants it; null is that of the
     * campaign's DNS phase, and the platform's default where it has none.
     */
    dnsPersonaId: personaIdSchema.nullable().default(null),
    /**
     * Where direct visits connect to: the addresses that the DNS phase found, or those that the DNS persona gives when
     * the visit begins. Names that come without addresses are looked up in either case.
     */
    addresses: z.enum(['dns_phase', 'resolve']).default('dns_phase'),
    /** The pool of proxies that every request goes through, or `direct`. */
    proxyAssignmentId: z
      .union([z.literal(DIRECT), proxyPoolIdSchema], 'direct, or the id of a proxy pool')
      .default(DIRECT),
    /** Traffic shaping; null is as the persona says, and none where it says nothing. */
    shaping: shapingSchema.nullable().default(null),
    /** Whether robots.txt is obeyed; null is as the persona says. */
    robots: z.enum(ROBOTS_POLICIES).nullable().default(null),
    /** Why it is not obeyed: needed with `ignore`. */
    robotsOverrideReason: z.string().trim().max(500).nullable().default(null),
    /** Pages one hop away (contact, about, imprint) that are read of each site, at most. */
    followContactPages: z.int().min(0).max(3).default(0),
    /**
     * Whether a page of random name is asked for where the home page looks as if it only held a place, and nothing
     * decides that: the same page there does.
     */
    checkRandomPath: z.boolean().default(true),
    /** Whether the site's icon is fetched and hashed. */
    fetchFavicon: z.boolean().default(false),
  })
  .refine(hasRobotsReason, ROBOTS_REASON_MISSING);
export type HttpConfig = z.infer<typeof httpConfigSchema>;
