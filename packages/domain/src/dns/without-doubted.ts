import type { DnsPersona } from '../persona/dns-persona.ts';
import { resolverKey } from '../persona/resolver-address.ts';

/** The persona without the resolvers in doubt; itself where there are no others, or none is in doubt. */
export function withoutDoubted(persona: DnsPersona, isInDoubt: (resolver: string) => boolean): DnsPersona {
  const left = persona.resolvers.filter(({ address }) => !isInDoubt(resolverKey(address)));
  return left.length === 0 || left.length === persona.resolvers.length
    ? persona
    : { ...persona, resolvers: left };
}
