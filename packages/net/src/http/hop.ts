import type { HttpHop } from '@domainflow/domain/http/http-port.ts';
import type { FetchFailure } from './failure.ts';

/** A hop that came to no connection. */
export function hopWithoutAddress(
  url: string,
  failure: FetchFailure,
  elapsedMs: number,
  isLocal = false,
): HttpHop {
  failure.isTold = true;
  return {
    url,
    address: null,
    statusCode: null,
    failure: { reason: failure.reason, detail: failure.message, isLocal },
    elapsedMs,
    connectMs: null,
  };
}

/** The host of a URL without the brackets of an IPv6 address or a final dot. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
