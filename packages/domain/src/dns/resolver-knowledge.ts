import type { Clock } from '../clock.ts';
import type { DnsPersona } from '../persona/dns-persona.ts';
import type { Randomness } from '../random.ts';
import { RecentMap } from '../recent-map.ts';
import { CanaryWatch } from './canary-watch.ts';
import { Delegations } from './delegations.ts';
import type { DnsPort } from './dns-port.ts';
import { Pace } from './pace.ts';
import { WildcardZones } from './wildcard-zones.ts';
import { withoutDoubted } from './without-doubted.ts';

const PERSONAS_KEPT = 16;

/** What has been learned through the resolvers of one persona; batches of a worker share it. */
export interface ResolverKnowledge {
  readonly wildcards: WildcardZones;
  readonly delegations: Delegations;
  readonly canaries: CanaryWatch;
  /** Of the names that waited for any of it. */
  readonly pace: Pace;
}

interface Outside {
  readonly dns: DnsPort;
  readonly clock: Clock;
  readonly random: Randomness;
}

const known = new WeakMap<DnsPort, RecentMap<ResolverKnowledge>>();

/** `canaryNames` are names that exist, as the configuration gives them; empty: well-known ones. */
export function resolverKnowledge(
  persona: DnsPersona,
  canaryNames: readonly string[],
  { dns, clock, random }: Outside,
): ResolverKnowledge {
  const ofPort = known.get(dns) ?? new RecentMap<ResolverKnowledge>(PERSONAS_KEPT);
  known.set(dns, ofPort);
  return ofPort.of(JSON.stringify([persona, canaryNames]), () => {
    const types = (['A', 'AAAA'] as const).filter((type) => persona.recordTypes.includes(type));
    const canaries = new CanaryWatch(canaryNames, random);
    const isInDoubt = (answering: string | null): boolean => canaries.isInDoubt(answering);
    const resolver = () => dns.resolver(withoutDoubted(persona, isInDoubt));
    return {
      wildcards: new WildcardZones(types, { resolver, clock, random }),
      delegations: new Delegations({ dns, resolver, isInDoubt, clock }),
      canaries,
      pace: new Pace(clock),
    };
  });
}
