import type { Clock } from '@domainflow/domain/clock.ts';
import type { DnsPort } from '@domainflow/domain/dns/dns-port.ts';
import { readDomainObject } from '@domainflow/domain/dns/rdap-domain-object.ts';
import type { RdapAnswer, RdapOptions, RdapPort, RdapServer } from '@domainflow/domain/dns/rdap-port.ts';
import { addressLookup } from '@domainflow/domain/http/address-lookup.ts';
import type { HttpPort, SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { retryAfterMs } from '@domainflow/domain/http/retry-after.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { ServerTurns } from './server-turns.ts';

/** Where a server names no time with its 429. */
const PAUSE_MS = 5_000;
/** A server that asks for more than this is not waited for: the domain stays unknown. */
const MOST_PAUSE_MS = 60_000;
const TRIES = 3;

const persona = httpPersonaSchema.parse({
  headers: [{ name: 'Accept', value: 'application/rdap+json, application/json' }],
  maxRedirects: 3,
  // An interface that was made to be asked by programs has no robots.txt.
  robots: 'ignore',
  robotsOverrideReason: 'RDAP is an interface for programs (RFC 7480).',
});

export interface RdapPortOptions {
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

  /** One request; null where the server asks to wait, and the turns know how long. */
  async function ask(
    domain: string,
    url: URL,
    options: RdapOptions,
    turn: ServerTurns,
    signal: AbortSignal,
  ): Promise<RdapAnswer | null> {
    const fetcher = http.fetcher(persona, addressLookup(options.persona, { dns, clock }));
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const outcome = await fetcher.fetchSite({ name, url: url.href, addresses: [] }, signal);
    const { response } = outcome;
    const failed = (reason: string, httpStatus: number | null): RdapAnswer => {
      return { status: 'unknown', url: url.href, httpStatus, reason };
    };
    if (response === null) return failed(failureIn(outcome), null);
    const { statusCode, headers, body } = response;
    if (statusCode === 404) return { status: 'available', url: url.href, httpStatus: 404 };
    if (statusCode === 200) return readDomainObject(domain, body, url.href);
    if (statusCode !== 429) return failed(`The server answered with status ${statusCode}.`, statusCode);
    const asked = retryAfterMs(headers['retry-after'], Date.now()) ?? PAUSE_MS;
    turn.quiet(Math.min(asked, MOST_PAUSE_MS));
    return asked > MOST_PAUSE_MS
      ? failed(`The server asks to wait ${Math.round(asked / 1_000)} s.`, 429)
      : null;
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
      for (let tries = 0; tries < TRIES; tries += 1) {
        const answer = await turn.take(signal, () => ask(domain, url, options, turn, signal));
        if (answer !== null) return answer;
      }
      const reason = 'The server went on asking to wait.';
      return { status: 'unknown', url: url.href, httpStatus: 429, reason };
    },
  };
}

const failureIn = ({ verdict, hops }: SiteOutcome): string =>
  hops.at(-1)?.failure?.detail.slice(0, 200) ?? verdict;
