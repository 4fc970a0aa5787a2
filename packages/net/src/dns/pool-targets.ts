import { isIP } from 'node:net';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import type { DnsPersona, ResolverEntry } from '@domainflow/domain/persona/dns-persona.ts';
import { dohUrl, resolverProblem } from '@domainflow/domain/persona/resolver-address.ts';
import type { Guard } from '../guard/guard.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import { DohLane } from './doh-lane.ts';
import { type DohContext, findDohTarget, hostOf, portOf } from './doh-target.ts';
import { formatEndpoint, parseResolverAddress } from './resolver-address.ts';
import { TcpLane } from './tcp-lane.ts';
import { UdpLane } from './udp-lane.ts';
import type { UpstreamTarget } from './upstream.ts';

export interface TargetContext {
  readonly guard: Guard;
  readonly doh: DohContext;
  /** The system's own resolvers: trusted, so not subject to the guard. */
  readonly system: readonly Endpoint[];
}

const lowerOf = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

/**
 * What the pool of a persona asks. Throws a `DomainFlowError` that names the field (`resolvers.1.address`) where an
 * address is malformed or refused.
 */
export function poolTargets(persona: DnsPersona, context: TargetContext): readonly UpstreamTarget[] {
  const entries = persona.resolvers.length > 0 ? persona.resolvers : systemEntries(context.system);
  const targets = entries.map((entry, index) => {
    const field = `resolvers.${index}.address`;
    const target =
      persona.transport === 'doh'
        ? dohTarget(entry.address, field, persona, context)
        : addressTarget(entry.address, field, persona, context);
    const queriesPerSecond = lowerOf(entry.queriesPerSecond, persona.queriesPerSecond);
    return { ...target, weight: entry.weight, queriesPerSecond };
  });
  // The same resolver in two spellings is one.
  return [...new Map(targets.map((target) => [target.label, target])).values()];
}

function systemEntries(system: readonly Endpoint[]): readonly ResolverEntry[] {
  if (system.length === 0) {
    throw new DomainFlowError(
      'UNAVAILABLE',
      'This system has no DNS resolver configured: name resolvers in the DNS persona.',
      { field: 'resolvers' },
    );
  }
  return system.map((endpoint) => ({
    address: formatEndpoint(endpoint),
    weight: 1,
    queriesPerSecond: null,
  }));
}

type Way = Pick<UpstreamTarget, 'label' | 'openLane' | 'tcp'>;

const refused = (address: string, reason: string, field: string): DomainFlowError =>
  invalidInput(`The resolver ${address} may not be used: ${reason}.`, field);

function addressTarget(address: string, field: string, persona: DnsPersona, context: TargetContext): Way {
  const endpoint = parseResolverAddress(address, field);
  const label = formatEndpoint(endpoint);
  const isOfSystem = context.system.some((each) => formatEndpoint(each) === label);
  const decision = isOfSystem ? null : context.guard.checkResolver(endpoint.host, endpoint.port);
  if (decision?.allowed === false) throw refused(address, decision.reason, field);
  const to = decision?.connect ?? endpoint;
  if (persona.transport === 'udp') return { label, tcp: to, openLane: (events) => UdpLane.open(to, events) };
  return { label, tcp: null, openLane: (events) => TcpLane.open(to, persona.timeoutMs, events) };
}

function dohTarget(address: string, field: string, persona: DnsPersona, context: TargetContext): Way {
  const url = dohUrl(address);
  const problem = resolverProblem(address, 'doh');
  if (url === null || problem !== null) {
    throw invalidInput(`${JSON.stringify(address)} is not a DoH resolver: ${problem}.`, field);
  }
  const host = hostOf(url);
  const decision = isIP(host) === 0 ? null : context.guard.check(host, portOf(url));
  if (decision?.allowed === false) throw refused(address, decision.reason, field);
  const { dohMethod: method, timeoutMs } = persona;
  const findTarget = () => findDohTarget(url, context.doh);
  return {
    label: url.href,
    tcp: null,
    openLane: (events) => DohLane.open({ url, method, timeoutMs, findTarget }, events),
  };
}
