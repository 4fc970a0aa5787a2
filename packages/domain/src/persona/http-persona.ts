import { z } from 'zod';

/** Fields that the connection decides: a persona that set them would break requests, or smuggle others. */
const RESERVED_FIELDS = new Set(
  (
    'host connection content-length transfer-encoding te trailer upgrade keep-alive proxy-connection ' +
    'proxy-authorization expect accept-encoding range if-range'
  ).split(' '),
);

/** How pages are asked for. */
export const httpPersonaSchema = z.object({
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
  /** Further headers, sent in this order after the standard ones. */
  headers: z
    .array(
      z.object({
        name: z
          .string()
          .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/)
          .refine((name) => !RESERVED_FIELDS.has(name.toLowerCase()), 'This header is set by the connection'),
        value: z
          .string()
          .max(1024)
          .regex(/^[\t\x20-\x7e]*$/),
      }),
    )
    .max(32)
    .default([]),
  /** One absolute deadline for the domain, all attempts and redirects included. */
  timeoutMs: z.int().min(100).max(120_000).default(10_000),
  maxRedirects: z.int().min(0).max(20).default(5),
  maxBodyBytes: z.int().min(1024).max(4_194_304).default(262_144),
  /** Domains fetched at once by one worker. */
  concurrency: z.int().min(1).max(2_000).default(200),
});
export type HttpPersona = z.infer<typeof httpPersonaSchema>;
