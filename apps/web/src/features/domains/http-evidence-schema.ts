import { z } from 'zod';

const hopSchema = z.object({
  url: z.string(),
  address: z.string().nullish(),
  status: z.number().optional(),
  reason: z.string().optional(),
  detail: z.string().optional(),
  ms: z.number(),
  connectMs: z.number().optional(),
  firstByteMs: z.number().optional(),
  protocol: z.string().optional(),
  proxy: z.string().optional(),
  refresh: z.string().optional(),
});
export type HopView = z.output<typeof hopSchema>;

const failureSchema = z.object({ reason: z.string(), detail: z.string() });

/** Evidence of a visit as pages lay it out; what is more is left to the raw view. */
export const httpEvidenceSchema = z.object({
  hops: z.array(hopSchema),
  elapsedMs: z.number(),
  finalUrl: z.string().optional(),
  title: z.string().nullish(),
  contentType: z.string().nullish(),
  server: z.string().nullish(),
  poweredBy: z.string().optional(),
  bodyBytes: z.number().optional(),
  truncated: z.boolean().optional(),
  robots: z
    .object({
      decision: z.enum(['allow', 'deny']),
      because: z.string(),
      rule: z.string().optional(),
      status: z.number().optional(),
    })
    .optional(),
  tls: z
    .object({
      protocol: z.string().nullish(),
      issuer: z.string().nullish(),
      subject: z.string().nullish(),
      names: z.array(z.string()).optional(),
      validFrom: z.string().nullish(),
      validTo: z.string().nullish(),
      selfSigned: z.boolean().optional(),
      problem: z.string().nullish(),
    })
    .nullish(),
  httpsFailure: failureSchema.optional(),
  httpFailure: failureSchema.optional(),
  further: z
    .array(z.object({ url: z.string(), status: z.number().nullish(), verdict: z.string() }))
    .optional(),
  parked: z.array(z.string()).optional(),
  randomPath: z
    .object({
      url: z.string(),
      status: z.number().optional(),
      verdict: z.string(),
      same: z.boolean(),
      because: z.array(z.string()),
    })
    .optional(),
});
export type HttpEvidence = z.output<typeof httpEvidenceSchema>;
