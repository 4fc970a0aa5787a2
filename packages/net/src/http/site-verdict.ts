import { namesType } from '@domainflow/domain/http/is-page.ts';
import type { FailureReason } from './failure.ts';
import type { ResponseHead } from './response-head.ts';

export type SiteVerdict = FailureReason | 'OK' | 'NOT_FOUND';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a response sends its reader, null where it does not. */
export function locationOf({ statusCode, headers }: ResponseHead): string | null {
  const octets = REDIRECTS.has(statusCode) ? headers['location'] : undefined;
  // An empty one names no place: browsers show the page that comes with it.
  if (octets === undefined || octets === '') return null;
  const text = Buffer.from(octets, 'latin1').toString('utf8');
  if (!text.includes('\ufffd')) return text;
  // Octets of another charset name what they are for the server that wrote them.
  return octets.replace(/[\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The verdict of a final response; a 3xx here is one that names no other place. */
export function verdictOfStatus(statusCode: number): SiteVerdict {
  if (statusCode === 404 || statusCode === 410) return 'NOT_FOUND';
  if (statusCode >= 200 && statusCode < 400) return 'OK';
  return statusCode >= 500 && statusCode < 600 ? 'UPSTREAM_5XX' : 'ERROR';
}

/** Whether a body of that type can be a page: other types are not read. */
export function isTextual(contentType: string | undefined): boolean {
  if (!namesType(contentType)) return true;
  return /^\s*(text\/|application\/(?:[\w.-]+\+)?(?:xml|json|xhtml))/i.test(contentType);
}
