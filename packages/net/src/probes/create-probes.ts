import type { PhasePorts } from '@domainflow/domain/phases/phase.ts';
import type { Probes } from '@domainflow/domain/probe/probes.ts';
import { systemResolvers } from '../dns/system-resolvers.ts';
import type { Guard } from '../guard/guard.ts';
import { fetchPage } from './fetch-page.ts';
import { inspectResolver } from './inspect-resolver.ts';
import { createProbeTurns } from './probe-turns.ts';
import { lineTo, parseTarget } from './resolver-line.ts';
import { sampleNames } from './sample-names.ts';
import { testProxies } from './test-proxies.ts';

/** Names that exist as long as the DNS does as we know it. */
const PUBLIC_NAMES: readonly string[] = ['example.com', 'iana.org', 'wikipedia.org'];
const LAB_NAMES: readonly string[] = ['live-1.com', 'live-2.com', 'live-3.com'];

const EXIT_URL = 'https://api.ipify.org/';

export interface ProbeOptions {
  readonly guard: Guard;
  readonly ports: Pick<PhasePorts, 'dns' | 'http' | 'clock'>;
  /** Names that must exist for any good resolver, for networks where the usual ones do not. */
  readonly knownNames?: readonly string[];
  /** A page whose answer is the address that asked for it: what a health check of a proxy fetches. */
  readonly exitUrl?: string;
  /** As `systemResolvers` gives them; trusted. */
  readonly system?: readonly string[];
}

/** The probes over a process's engines. */
export function createProbes({ guard, ports, knownNames, exitUrl, system }: ProbeOptions): Probes {
  const turns = createProbeTurns();
  const trusted = system ?? systemResolvers();

  const isLab = (address: string): boolean => {
    const target = parseTarget(address);
    const dns = guard.lab?.dns;
    return target !== null && dns !== undefined && target.host === dns.host && target.port === dns.port;
  };
  const namesOf = (address: string | undefined): readonly string[] =>
    address !== undefined && isLab(address) ? LAB_NAMES : (knownNames ?? PUBLIC_NAMES);

  return {
    exitUrl: exitUrl ?? EXIT_URL,
    knownNames: ({ resolvers }) => namesOf(resolvers[0]?.address),
    targetRefusal(address, port) {
      const decision = guard.check(address, port);
      return decision.allowed ? null : decision.reason;
    },
    resolverRefusal(address) {
      const target = parseTarget(address);
      if (target === null) return null;
      const decision = guard.checkResolver(target.host, target.port);
      return decision.allowed ? null : decision.reason;
    },
    testResolvers: (persona, names, left) =>
      turns.take(left, () => {
        const named = [...persona.resolvers, ...persona.trustedResolvers].map(({ address }) => address);
        const own = [...new Set(named)].map((address) => ({ address, isTrusted: false }));
        const all = own.length > 0 ? own : trusted.map((address) => ({ address, isTrusted: true }));
        return Promise.all(
          all.map((target) => {
            const known = names.length > 0 ? names : namesOf(target.address);
            return inspectResolver(lineTo(target, persona, { guard, dns: ports.dns }), known, left);
          }),
        );
      }),
    resolveSample: (persona, names, left) =>
      turns.take(left, async (ended) => {
        const sample = await sampleNames(ports.dns, persona, names, ended);
        left.throwIfAborted();
        return sample;
      }),
    testProxies: (proxies, means, left) =>
      turns.take(left, async (ended) => {
        const results = await testProxies(ports, proxies, means, ended);
        left.throwIfAborted();
        return results;
      }),
    fetchPage: (personas, url, left) => turns.take(left, () => fetchPage(ports, personas, url, left)),
  };
}
