import type { ProxyFailureKind } from '@domainflow/domain/http/proxy-pool.ts';
import { FetchFailure } from '../failure.ts';

const proxyFailure = (detail: string, kind: ProxyFailureKind | null): FetchFailure => {
  const failure = new FetchFailure('PROXY_ERROR', 'connect', detail.slice(0, 300));
  failure.ofProxy = kind;
  return failure;
};

/** The proxy itself failed: another one may be tried, and it counts towards its ejection. */
export const brokenProxy = (detail: string, kind: ProxyFailureKind): FetchFailure =>
  proxyFailure(detail, kind);

/** The proxy works and says that it did not get to the target, or does not want to. */
export const refusedByProxy = (detail: string): FetchFailure => proxyFailure(detail, null);

/** None of the pool works: no other need be tried. */
export const deadPool = (detail: string): FetchFailure => proxyFailure(detail, 'unreachable');

/** What failed on the way to a proxy, as its failure. */
export const failureAtProxy = (error: FetchFailure): FetchFailure =>
  brokenProxy(`Proxy: ${error.message} (${error.reason})`, kindOf(error));

function kindOf({ reason, message }: FetchFailure): ProxyFailureKind {
  switch (reason) {
    case 'TIMEOUT':
      return 'timeout';
    case 'CONNECTION_RESET':
      return 'reset';
    case 'TLS_ERROR':
    case 'SSL_EXPIRED':
      return 'tls';
    default:
      if (/ECONNREFUSED|connection refused/i.test(message)) return 'refused';
      return /unreach|not resolved|no address|ENOTFOUND/i.test(message) ? 'unreachable' : 'protocol';
  }
}
