import type { Clock } from '@domainflow/domain/clock.ts';
import type { DnsPort } from '@domainflow/domain/dns/dns-port.ts';
import { readDomainObject } from '@domainflow/domain/dns/rdap-domain-object.ts';
import type { RdapAnswer, RdapOptions, RdapPort, RdapServer } from '@domainflow/domain/dns/rdap-port.ts';
import { addressLookup } from '@domainflow/domain/http/address-lookup.ts';
import type { HttpPort, SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { ServerTurns } from './server-turns.ts';

const persona = httpPersonaSchema.parse({
  headers: [{ name: 'Accept', value: 'application/rdap+json, application/json' }],
  maxRedirects: 3,
  // The engine waits as long as a server asks for (429, Retry-After), within this time.
  timeoutMs: 60_000,
  connectTimeoutMs: 10_000,
  firstByteTimeoutMs: 15_000,
  // An interface that was made to be asked by programs has no robots.txt.
  robots: 'ignore',
  robotsOverrideReason: 'RDAP is an interface for programs (RFC 7480).',
});

interface RdapPortOptions {
  readonly dns: DnsPort;
  readonly http: HttpPort;
  readonly clock: Clock;
  /** What the operator has listed. */
  readonly servers: readonly RdapServer[];
}

/** RDAP over the HTTP engine, and so behind its guard. */
export function createRdapPort({ dns, http, clock, servers }: RdapPortOptions): RdapPort {
  const listed = new Map(servers.map((server) => [server.tld, server.url]));
  const turns = new Map<string, ServerTurns>();

  function serverOf(domain: string, own: readonly RdapServer[]): string | null {
    const tld = domain.slice(domain.lastIndexOf('.') + 1);
    const first = own.find((server) => server.tld === tld) ?? own.find((server) => server.tld === '*');
    return first?.url ?? listed.get(tld) ?? null;
  }

  async function ask(
    domain: string,
    url: URL,
    options: RdapOptions,
    signal: AbortSignal,
  ): Promise<RdapAnswer> {
    const fetcher = http.fetcher(persona, addressLookup(options.persona, { dns, clock }));
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const outcome = await fetcher.fetchSite({ name, url: url.href, addresses: [] }, signal);
    const { response } = outcome;
    const failed = (reason: string, httpStatus: number | null): RdapAnswer => {
      return { status: 'unknown', url: url.href, httpStatus, reason };
    };
    if (response === null) {
      const last = outcome.hops.findLast(({ statusCode }) => statusCode !== null);
      return failed(failureIn(outcome), last?.statusCode ?? null);
    }
    const { statusCode, body } = response;
    if (statusCode === 404) return { status: 'available', url: url.href, httpStatus: 404 };
    if (statusCode === 200) return readDomainObject(domain, body, url.href);
    return failed(`The server answered with status ${statusCode}.`, statusCode);
  }

  return {
    async lookup(domain, options, signal) {
      const base = serverOf(domain, options.servers);
      if (base === null)
        return {
          status: 'unknown',
          url: null,
          httpStatus: null,
          reason: 'No RDAP server is known for the TLD.',
        };
      const url = new URL(`domain/${domain}`, base.endsWith('/') ? base : `${base}/`);
      const turn = turns.get(url.origin) ?? new ServerTurns();
      turns.set(url.origin, turn);
      return turn.take(signal, () => ask(domain, url, options, signal));
    },
  };
}

const failureIn = ({ verdict, hops }: SiteOutcome): string =>
  hops.at(-1)?.failure?.detail.slice(0, 200) ?? verdict;
