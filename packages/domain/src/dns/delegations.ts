import type { Clock } from '../clock.ts';
import { askQuietly } from './ask-quietly.ts';
import type { DnsPort, DnsRecord, DnsResolver, ServerAnswer } from './dns-port.ts';
import { parentOf } from './probe-name.ts';

const SUFFIXES_KEPT = 2_000;
const KEPT_MS = 60 * 60_000;
/** Servers of a suffix that did not answer are left alone for so long. */
const SILENT_MS = 60_000;
const DOMAINS_KEPT = 10_000;
const SERVER_TIMEOUT_MS = 2_000;
/** Servers of a registry that are looked up, and that are asked in turn for one domain. */
const SERVERS_KEPT = 4;
const SERVERS_ASKED = 2;

/** What the delegation says of a registrable domain. */
export interface DelegationFinding {
  /** `none`: its parent has no NS for it and denies the name. `unlisted`: the name is there without a delegation. */
  readonly state: 'delegated' | 'none' | 'unlisted' | 'unknown';
  /** The registry's own server, or a resolver's word. */
  readonly by: 'registry' | 'resolver';
  readonly server: string | null;
  readonly rcode: string;
  readonly nameServers?: readonly string[];
}

interface Servers {
  addresses: readonly string[];
  untilMs: number;
  found: Promise<Servers>;
}

interface Kept {
  readonly finding: Promise<DelegationFinding>;
  value: DelegationFinding | null;
  readonly untilMs: number;
}

interface Outside {
  readonly dns: DnsPort;
  /** Without resolvers in doubt, as far as there are others. */
  readonly resolver: () => DnsResolver;
  /** True for a resolver whose word says nothing of a registration. */
  readonly isInDoubt: (resolver: string | null) => boolean;
  readonly clock: Clock;
}

const NOT_YET: Promise<never> = new Promise(() => undefined);
const never = new AbortController().signal;

/** Looks for delegations: at the registry's own servers where they can be asked, otherwise through the resolvers. */
export class Delegations {
  readonly #outside: Outside;
  readonly #servers = new Map<string, Servers>();
  readonly #findings = new Map<string, Kept>();
  #turn = 0;
  #queries = 0;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  takeQueries(): number {
    const queries = this.#queries;
    this.#queries = 0;
    return queries;
  }

  /** What is known without asking; null where it must be asked for. */
  known(domain: string): DelegationFinding | null {
    const kept = this.#findings.get(domain);
    return kept !== undefined && kept.untilMs > this.#outside.clock.nowMs() ? kept.value : null;
  }

  /**
   * `inVain`: what the resolvers said when asked for a name of the domain, where asking them again would bring the same;
   * null where they may be asked. Never rejects; names of one domain share the answer.
   */
  find(domain: string, inVain: 'TIMEOUT' | 'REFUSED' | null): Promise<DelegationFinding> {
    const nowMs = this.#outside.clock.nowMs();
    const kept = this.#findings.get(domain);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.finding;
    this.#findings.delete(domain);
    if (this.#findings.size >= DOMAINS_KEPT)
      this.#findings.delete(this.#findings.keys().next().value ?? domain);
    const entry: Kept = {
      finding: this.#ask(domain, inVain),
      value: null,
      untilMs: nowMs + KEPT_MS,
    };
    this.#findings.set(domain, entry);
    void entry.finding.then((finding) => {
      entry.value = finding;
      if (finding.state === 'unknown' && this.#findings.get(domain) === entry) this.#findings.delete(domain);
    });
    return entry.finding;
  }

  async #ask(domain: string, inVain: 'TIMEOUT' | 'REFUSED' | null): Promise<DelegationFinding> {
    const direct = await this.#askRegistry(domain);
    if (direct !== null) return direct;
    if (inVain !== null) return { state: 'unknown', by: 'resolver', server: null, rcode: inVain };
    this.#queries += 1;
    const { resolver: ask, isInDoubt } = this.#outside;
    const answer = await askQuietly(ask, domain, 'NS');
    if (answer === null || isInDoubt(answer.resolver))
      return { state: 'unknown', by: 'resolver', server: null, rcode: 'ERROR' };
    const { rcode, resolver: server } = answer;
    const nameServers = hostsIn(answer.records);
    if (rcode === 'NOERROR' && nameServers.length > 0)
      return { state: 'delegated', by: 'resolver', server, rcode, nameServers };
    if (rcode === 'NOERROR') return { state: 'unlisted', by: 'resolver', server, rcode };
    // A server that does not resolve refers to the domain's own.
    const referred = serversOf(domain, answer.referral ?? []);
    if (referred.length > 0)
      return { state: 'delegated', by: 'resolver', server, rcode: 'NOERROR', nameServers: referred };
    const isDenied = rcode === 'NXDOMAIN' && answer.records.length === 0;
    return { state: isDenied ? 'none' : 'unknown', by: 'resolver', server, rcode };
  }

  /** Null where the registry's servers are not to be found, or none of them speaks for its zone. */
  async #askRegistry(domain: string): Promise<DelegationFinding | null> {
    const { dns, clock } = this.#outside;
    const suffix = parentOf(domain);
    if (dns.askServer === undefined || suffix === null) return null;
    const servers = await this.#serversOf(suffix);
    const { addresses } = servers;
    for (let tries = 0; tries < Math.min(SERVERS_ASKED, addresses.length); tries += 1) {
      this.#turn += 1;
      const server = addresses[this.#turn % addresses.length] ?? '';
      this.#queries += 1;
      const answer = await dns
        .askServer(server, { name: domain, type: 'NS' }, SERVER_TIMEOUT_MS, never)
        .catch(() => null);
      if (answer === null) continue;
      const { rcode, referral, isAuthoritative } = answer;
      const nameServers = serversOf(domain, referral);
      // A server that holds the child zone too answers with its apex instead of a referral.
      if (rcode === 'NOERROR' && nameServers.length === 0) nameServers.push(...hostsIn(answer.records));
      if (rcode === 'NOERROR' && nameServers.length > 0)
        return { state: 'delegated', by: 'registry', server, rcode, nameServers: nameServers.slice(0, 8) };
      if (!isAuthoritative) continue;
      // With an alias it is the alias's target that is not there (RFC 6604).
      if (rcode === 'NXDOMAIN' && answer.records.length === 0)
        return { state: 'none', by: 'registry', server, rcode };
      if (rcode === 'NOERROR' || rcode === 'NXDOMAIN')
        return { state: 'unlisted', by: 'registry', server, rcode };
    }
    if (addresses.length > 0) {
      servers.addresses = [];
      servers.untilMs = clock.nowMs() + SILENT_MS;
    }
    return null;
  }

  /** Who comes while they are looked up waits for the same answer. */
  #serversOf(suffix: string): Promise<Servers> {
    const known = this.#servers.get(suffix);
    if (known !== undefined && known.untilMs > this.#outside.clock.nowMs()) return known.found;
    if (this.#servers.size >= SUFFIXES_KEPT)
      this.#servers.delete(this.#servers.keys().next().value ?? suffix);
    const entry: Servers = { addresses: [], untilMs: Number.POSITIVE_INFINITY, found: NOT_YET };
    entry.found = this.#lookUpServers(suffix).then((addresses) => {
      entry.addresses = addresses;
      entry.untilMs = this.#outside.clock.nowMs() + (addresses.length > 0 ? KEPT_MS : SILENT_MS);
      return entry;
    });
    this.#servers.set(suffix, entry);
    return entry.found;
  }

  /** The servers of the zone that holds a suffix: `co.uk` has its own, others are part of the zone above. */
  async #lookUpServers(suffix: string): Promise<string[]> {
    for (let zone: string | null = suffix; zone !== null; zone = parentOf(zone)) {
      const hosts = hostsIn(await this.#records(zone, 'NS'));
      if (hosts.length === 0) continue;
      const found = await Promise.all(hosts.slice(0, SERVERS_KEPT).map((host) => this.#records(host, 'A')));
      const addresses = found.flat().flatMap(({ type, data }) => (type === 'A' ? [data] : []));
      return addresses.slice(0, SERVERS_KEPT);
    }
    return [];
  }

  async #records(name: string, type: 'NS' | 'A'): Promise<readonly DnsRecord[]> {
    this.#queries += 1;
    const answer = await askQuietly(this.#outside.resolver, name, type);
    return answer?.rcode === 'NOERROR' ? answer.records : [];
  }
}

const serversOf = (domain: string, referral: ServerAnswer['referral']): string[] =>
  referral.flatMap(({ owner, host }) => (owner === domain ? [host] : []));

const hostsIn = (records: readonly DnsRecord[]): string[] =>
  records
    .flatMap(({ type, data }) => (type === 'NS' ? [data.toLowerCase().replace(/\.$/, '')] : []))
    .slice(0, 8);
