import { z } from 'zod';
import { shapingSchema } from '../shaping/shaping-schema.ts';

/** Fields that the connection decides: a persona that set them would break requests, or smuggle others. */
const RESERVED_FIELDS = new Set(
  (
    'host connection content-length transfer-encoding te trailer upgrade keep-alive proxy-connection ' +
    'proxy-authorization expect accept-encoding range if-range'
  ).split(' '),
);
/** Content codings that a request may offer, with weights: those that are undone, and none at all. */
const OFFERED_CODINGS =
  /^(?:gzip|deflate|br|zstd|identity)(?:;q=[01](?:\.\d{1,3})?)?(?:, ?(?:gzip|deflate|br|zstd|identity)(?:;q=[01](?:\.\d{1,3})?)?){0,4}$/;
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

export const ROBOTS_POLICIES = ['obey', 'ignore'] as const;

/** How much may be asked of one target at a time, by one worker. */
const targetLimitSchema = (concurrency: number) =>
  z
    .object({
      concurrency: z.int().min(1).max(2_000).default(concurrency),
      /** Null: no limit but the concurrency. */
      requestsPerSecond: z.number().min(0.01).max(10_000).nullable().default(null),
    })
    .prefault({});

/** A reason is needed where robots.txt is not obeyed; it stands in plan and audit. */
export const hasRobotsReason = (value: {
  readonly robots?: (typeof ROBOTS_POLICIES)[number] | null;
  readonly robotsOverrideReason?: string | null;
}): boolean => value.robots !== 'ignore' || (value.robotsOverrideReason ?? '').trim() !== '';

export const ROBOTS_REASON_MISSING = {
  path: ['robotsOverrideReason'],
  message: 'Ignoring robots.txt needs a reason',
};

/** How pages are asked for. */
export const httpPersonaSchema = z
  .object({
    userAgent: z
      .string()
      .trim()
      .min(1)
      .max(512)
      .regex(/^[\x20-\x7e]*$/)
      .default('Mozilla/5.0 (compatible; DomainFlow/0.1)'),
    acceptLanguage: z
      .string()
      .trim()
      .min(1)
      .max(128)
      .regex(/^[\x20-\x7e]*$/)
      .default('en,*;q=0.5'),
    /** Offered to servers as it is written; null: all codings that are undone. */
    acceptEncoding: z
      .string()
      .trim()
      .regex(OFFERED_CODINGS, 'gzip, deflate, br, zstd or identity, with commas between them')
      .nullable()
      .default(null),
    /** Further headers, sent in this order after the standard ones unless `headerOrder` says otherwise. */
    headers: z
      .array(
        z.object({
          name: z
            .string()
            .regex(FIELD_NAME)
            .refine(
              (name) => !RESERVED_FIELDS.has(name.toLowerCase()),
              'This header is set by the connection',
            ),
          value: z
            .string()
            .max(1024)
            .regex(/^[\t\x20-\x7e]*$/),
        }),
      )
      .max(32)
      .default([]),
    /** Names of headers in the order and spelling in which they are sent, standard ones included; others follow. */
    headerOrder: z.array(z.string().regex(FIELD_NAME)).max(64).default([]),
    /**
     * `per_visit`: cookies that a site sets are sent back during the same visit, and then forgotten. Some sites redirect to
     * themselves until they see one.
     */
    cookies: z.enum(['none', 'per_visit']).default('per_visit'),
    /** Which scheme is asked first, and whether the other one follows where the first gives no response. */
    schemes: z.enum(['https_first', 'http_first', 'https_only', 'http_only']).default('https_first'),
    /** Where redirects may lead; one that may not be followed is the final response. */
    redirects: z.enum(['any', 'same_domain', 'none']).default('any'),
    /** `record`: a certificate that cannot be verified is noted in the evidence, and the visit goes on. */
    tls: z.enum(['strict', 'record']).default('strict'),
    http2: z.boolean().default(false),
    robots: z.enum(ROBOTS_POLICIES).default('obey'),
    robotsOverrideReason: z.string().trim().max(500).nullable().default(null),
    /** The name that groups of robots.txt are looked up by. */
    robotsAgent: z
      .string()
      .regex(/^[A-Za-z_-]{1,64}$/)
      .default('DomainFlow'),
    /** One absolute deadline for the domain, all attempts and redirects included. */
    timeoutMs: z.int().min(100).max(120_000).default(10_000),
    /** For one connection, TLS and a proxy's part included; null: whatever the deadline leaves. */
    connectTimeoutMs: z.int().min(50).max(120_000).nullable().default(null),
    /** From the request to the complete head of its response; null: whatever the deadline leaves. */
    firstByteTimeoutMs: z.int().min(50).max(120_000).nullable().default(null),
    /**
     * A response that comes octet by octet and slower than this is given up after three seconds, before the deadline;
     * 0: it is not. Silence is not measured, and whole packets of a slow network never come so slowly.
     */
    minimumBytesPerSecond: z.int().min(0).max(100_000).default(50),
    maxRedirects: z.int().min(0).max(20).default(5),
    maxBodyBytes: z.int().min(1024).max(4_194_304).default(262_144),
    /** Domains fetched at once by one worker, slow ones included. */
    concurrency: z.int().min(1).max(2_000).default(1_000),
    /** For one IP address. Shared hosting and CDNs have thousands of sites behind one, so this is not narrow. */
    perAddress: targetLimitSchema(32),
    /** For one registrable domain, its subdomains together. */
    perDomain: targetLimitSchema(4),
    /** Traffic shaping of phases with this persona that say nothing of their own. */
    shaping: shapingSchema.nullish(),
  })
  .refine(hasRobotsReason, ROBOTS_REASON_MISSING);
export type HttpPersona = z.infer<typeof httpPersonaSchema>;
