import type { Clock } from '@domainflow/domain/clock.ts';
import type {
  AddressLookup,
  HttpPort,
  SiteFetcher,
  SiteOutcome,
  SiteRequest,
} from '@domainflow/domain/http/http-port.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Guard } from '../guard/guard.ts';
import { createTrust } from '../tls/trust.ts';
import { Cancellation } from './cancellation.ts';
import { personaFields } from './request-text.ts';
import { SiteVisit, type VisitContext } from './site-visit.ts';

export interface HttpPortOptions {
  /** Asked about every connection, redirects included. */
  readonly guard: Guard;
  readonly clock: Clock;
  /** PEM of an authority trusted besides the public ones. The guard's lab brings its own, trusted for the lab only. */
  readonly extraCaPem?: string;
}

/** The HTTP engine: HTTP/1.1 over sockets of its own, a connection per request. `close` drops what is in flight. */
export function createHttpPort(options: HttpPortOptions): HttpPort & { close(): void } {
  const { guard, clock, extraCaPem } = options;
  const extra = extraCaPem === undefined ? [] : [extraCaPem];
  const trust = createTrust(extra);
  const labTrust = guard.lab === null ? trust : createTrust([...extra, guard.lab.caPem]);
  const active = new Set<Cancellation>();
  let closed = false;

  async function visit(
    context: VisitContext,
    request: SiteRequest,
    signal: AbortSignal,
  ): Promise<SiteOutcome> {
    signal.throwIfAborted();
    if (closed) throw new Error('The HTTP port is closed');
    const cancellation = new Cancellation();
    const onAbort = (): void => cancellation.cancel(signal.reason);
    signal.addEventListener('abort', onAbort);
    active.add(cancellation);
    try {
      return await new SiteVisit(context, request, cancellation).run();
    } finally {
      active.delete(cancellation);
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    fetcher(persona: HttpPersona, lookup: AddressLookup): SiteFetcher {
      const context: VisitContext = {
        persona,
        fields: personaFields(persona),
        guard,
        clock,
        lookup,
        trust,
        labTrust,
      };
      return { fetchSite: (request, signal) => visit(context, request, signal) };
    },
    close() {
      closed = true;
      for (const cancellation of active) cancellation.cancel(new Error('The HTTP port is closed'));
    },
  };
}
