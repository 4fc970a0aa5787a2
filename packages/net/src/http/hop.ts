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
export function bareHost({ hostname }: URL): string {
  const last = hostname.at(-1);
  if (last === '.') return hostname.slice(0, -1);
  return last === ']' ? hostname.slice(1, -1) : hostname;
}

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
