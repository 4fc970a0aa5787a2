import type { SiteFetcher, SiteOutcome, SiteRequest } from '../../http/http-port.ts';
import type { VisitLoad } from '../../http/visit-load.ts';
import { betterOf, isCredible, MOST_VISITS_TO_ONE } from './recheck.ts';

export interface Visit {
  readonly outcome: SiteOutcome;
  /** Visits that were made for it. */
  readonly visits: number;
}

/**
 * Visits a site; where the outcome may be this process's own doing it is visited again among few. `leave` gives up the
 * place that the first visit had, before it is.
 */
export async function visitSite(
  request: SiteRequest,
  { fetcher, load, timeoutMs }: { fetcher: SiteFetcher; load: VisitLoad; timeoutMs: number },
  leave: () => void,
  signal: AbortSignal,
): Promise<Visit> {
  const visit = async (): Promise<{ outcome: SiteOutcome; credible: boolean }> => {
    const end = load.begin(timeoutMs);
    const outcome = await fetcher.fetchSite(request, signal);
    return { outcome, credible: isCredible(outcome, end(outcome), timeoutMs) };
  };
  let { outcome, credible } = await visit();
  let visits = 1;
  if (!credible) leave();
  while (!credible && visits < MOST_VISITS_TO_ONE) {
    const leaveLane = await load.enterQuietly(signal);
    try {
      const again = await visit();
      visits += 1;
      outcome = betterOf(outcome, again.outcome);
      credible = again.credible;
    } finally {
      leaveLane();
    }
  }
  return { outcome, visits };
}
