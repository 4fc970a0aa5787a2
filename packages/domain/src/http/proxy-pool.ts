import { z } from 'zod';

/** The assignment of a campaign without proxies; otherwise it is the id of a pool. */
export const DIRECT = 'direct';

export const PROXY_KINDS = ['http', 'https', 'socks5'] as const;
export const PROXY_ROTATIONS = ['round_robin', 'random', 'sticky', 'least_used'] as const;

/** What RFC 1929 can carry: 255 octets, and no line end that would break a header. */
const credentialSchema = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => [...text].every((char) => char >= ' ' && char !== '\u007f'), 'No control characters')
  .refine((text) => new TextEncoder().encode(text).length <= 255, 'At most 255 octets');

/** A proxy as it is used: credentials in the clear, so never stored or logged in this form. */
export const proxySchema = z.object({
  /** Stands in evidence and in health. */
  id: z.string().min(1).max(64),
  /** `http`: spoken to in the clear. `https`: TLS to the proxy first. `socks5`: RFC 1928. */
  kind: z.enum(PROXY_KINDS),
  /** A name or an IP address. */
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  username: credentialSchema.nullable().default(null),
  password: credentialSchema.nullable().default(null),
  maxConnections: z.int().min(1).max(10_000).default(64),
  requestsPerSecond: z.number().min(0.01).max(10_000).nullable().default(null),
});
export type Proxy = z.infer<typeof proxySchema>;

/** Proxies of which each request takes one. A fetcher with a pool never connects to a target itself. */
export const proxyPoolSchema = z.object({
  rotation: z.enum(PROXY_ROTATIONS).default('round_robin'),
  proxies: z.array(proxySchema).min(1).max(1_000),
  /** Failures of its own in a row after which a proxy is left out. */
  ejectAfterFailures: z.int().min(1).max(5).default(3),
  /** How long it is left out before one request tries it again; twice as long after each vain try, up to the maximum. */
  pauseMs: z.int().min(100).max(3_600_000).default(5_000),
  maxPauseMs: z.int().min(100).max(3_600_000).default(300_000),
  /**
   * `name`: the proxy resolves the target. `address`: it is given an address that the DNS phase found, where there is
   * one and the proxy opens a tunnel (https targets, SOCKS5). Neither looks anything up for a target.
   */
  targetBy: z.enum(['name', 'address']).default('name'),
});
export type ProxyPool = z.infer<typeof proxyPoolSchema>;

/**
 * How a proxy itself fails: `refused` and `unreachable` when it is connected to, `timeout` and `reset` before it said
 * anything, `credentials` are ours that it does not take, `protocol` is that it speaks something else.
 */
export const PROXY_FAILURES = [
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls',
  'credentials',
  'protocol',
] as const;
export type ProxyFailureKind = (typeof PROXY_FAILURES)[number];

/** `probing`: left out, and one request finds out whether it works again. */
export const PROXY_STATES = ['healthy', 'probing', 'ejected'] as const;

/** How a proxy of a pool has done since this process first used it. */
export interface ProxyHealth {
  readonly id: string;
  readonly state: (typeof PROXY_STATES)[number];
  /** In use now, for whatever pool. */
  readonly connections: number;
  readonly requests: number;
  readonly failures: number;
  readonly failuresByKind: Readonly<Partial<Record<ProxyFailureKind, number>>>;
  /** How often it was put aside. */
  readonly ejections: number;
  readonly lastFailure: string | null;
  /** How long it took to give connections lately; null before the first. */
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number } | null;
  /** When it may be tried again, in milliseconds of the clock; null while it is healthy. */
  readonly retryAtMs: number | null;
}

/** The proxies of a pool, and how long none of them has been used. */
export interface ProxyPoolStats {
  readonly proxies: readonly ProxyHealth[];
  readonly idleMs: number;
}

/** What a test of one proxy found. */
export interface ProxyTestResult {
  readonly ok: boolean;
  /** From the first packet to the end of the response, in milliseconds. */
  readonly latencyMs: number;
  readonly statusCode: number | null;
  /** The address from which the tested URL says it was asked; null where its answer names none. */
  readonly exitAddress: string | null;
  /** A verdict of the HTTP phase; null where it worked. */
  readonly reason: string | null;
  readonly detail: string | null;
}
