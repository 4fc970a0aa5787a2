import type { HttpPort, SiteFetcher } from '@domainflow/domain/http/http-port.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Guard } from '../guard/guard.ts';
import { createTrust } from '../tls/trust.ts';
import type { AddressLookup } from './address-lookup.ts';
import { Cancellation } from './cancellation.ts';
import { personaFields } from './request-text.ts';
import { SiteVisit, type VisitContext } from './site-visit.ts';

export interface HttpPortOptions {
  /** Asked about every connection, redirects included. */
  readonly guard: Guard;
  /** Addresses of redirect targets, and of names that come without. */
  readonly lookup: AddressLookup;
  /** PEM of an authority trusted besides the public ones. The guard's lab brings its own, trusted for the lab only. */
  readonly extraCaPem?: string;
}

/** The HTTP engine: HTTP/1.1 over sockets of its own, a connection per request. `close` drops what is in flight. */
export function createHttpPort(options: HttpPortOptions): HttpPort & { close(): void } {
  const { guard, lookup, extraCaPem } = options;
  const extra = extraCaPem === undefined ? [] : [extraCaPem];
  const trust = createTrust(extra);
  const labTrust = guard.lab === null ? trust : createTrust([...extra, guard.lab.caPem]);
  const active = new Set<Cancellation>();
  let closed = false;

  async function visit(
    context: VisitContext,
    name: string,
    addresses: readonly string[],
    signal: AbortSignal,
  ) {
    signal.throwIfAborted();
    if (closed) throw new Error('The HTTP port is closed');
    const cancellation = new Cancellation();
    const onAbort = (): void => cancellation.cancel(signal.reason);
    signal.addEventListener('abort', onAbort);
    active.add(cancellation);
    try {
      return await new SiteVisit(context, { name, addresses }, cancellation).run();
    } finally {
      active.delete(cancellation);
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    fetcher(persona: HttpPersona): SiteFetcher {
      const context: VisitContext = {
        persona,
        fields: personaFields(persona),
        guard,
        lookup,
        trust,
        labTrust,
      };
      return { fetchSite: ({ name, addresses }, signal) => visit(context, name, addresses, signal) };
    },
    every(intervalMs, tick) {
      const timer = setInterval(tick, intervalMs);
      return () => clearInterval(timer);
    },
    close() {
      closed = true;
      for (const cancellation of active) cancellation.cancel(new Error('The HTTP port is closed'));
    },
  };
}
