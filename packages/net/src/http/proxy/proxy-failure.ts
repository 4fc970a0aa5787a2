import { FetchFailure } from '../failure.ts';

const proxyFailure = (detail: string, isOfProxy: boolean): FetchFailure => {
  const failure = new FetchFailure('PROXY_ERROR', 'connect', detail.slice(0, 300));
  failure.isOfProxy = isOfProxy;
  return failure;
};

/** The proxy itself failed: another one may be tried, and it counts towards its ejection. */
export const brokenProxy = (detail: string): FetchFailure => proxyFailure(detail, true);

/** The proxy works and says that it did not get to the target, or does not want to. */
export const refusedByProxy = (detail: string): FetchFailure => proxyFailure(detail, false);
