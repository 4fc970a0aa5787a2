import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../context.ts';

/**
 * Scripts only from our own files. Styles may be inline: notifications and dialogs of the web app insert style
 * elements at run time, which no hash can name beforehand.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
};

/** Answers of the API are somebody's data: nothing on the way may keep them. */
export const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The host part of an origin; null for `null` and for what is no origin at all. */
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/**
 * Refuses changes that another site's page sends with this user's cookies. A browser says where a request comes from
 * in `Sec-Fetch-Site`, or at least in `Origin`; other clients send neither, and bring no cookies by themselves.
 */
export function refuseForeignOrigins(trustedOrigins: readonly string[]): MiddlewareHandler<AppEnv> {
  const trusted = new Set(trustedOrigins);
  return async (c, next) => {
    if (READS.has(c.req.method)) return next();
    const origin = c.req.header('origin');
    if (origin !== undefined && trusted.has(origin)) return next();
    const site = c.req.header('sec-fetch-site');
    const foreign =
      site === undefined
        ? origin !== undefined && hostOf(origin) !== (c.req.header('host') ?? new URL(c.req.url).host)
        : site !== 'same-origin' && site !== 'none';
    if (foreign)
      throw new DomainFlowError('FORBIDDEN', 'Changes are not accepted from pages of another site.');
    return next();
  };
}
