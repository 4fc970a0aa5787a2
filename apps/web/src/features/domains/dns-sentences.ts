import { countOf } from '../../lib/format.ts';
import { formatMs } from '../../lib/format-ms.ts';
import { verdictLabel } from '../phases/verdicts.ts';
import type { DnsEvidenceView } from './dns-evidence-schema.ts';

const TRANSPORTS: Readonly<Record<string, string>> = { udp: 'UDP', tcp: 'TCP', doh: 'DNS over HTTPS' };

/** Who answered what, how fast, and with how many queries. */
export function answerSentence({ resolver, rcode, rttMs, transport, attempts }: DnsEvidenceView): string {
  const way = `over ${TRANSPORTS[transport] ?? transport}`;
  const queries = `${countOf(attempts, 'query', 'queries')} in all`;
  if (resolver === null) return `No resolver answered ${way}: ${queries}.`;
  const time = rttMs === null ? '' : ` in ${formatMs(rttMs)}`;
  return `${resolver} answered ${rcode}${time} ${way}; ${queries}.`;
}

export interface Registration {
  readonly word: string;
  readonly why: string;
}

function whyRegistered(
  { registration }: DnsEvidenceView,
  verdict: string,
  isAvailable: boolean | null,
): string {
  if (registration === undefined) {
    if (isAvailable === true) return 'The registry’s own zone denies the name.';
    if (isAvailable === false)
      return verdict === 'OK'
        ? 'A name with an address of its own is registered.'
        : 'The name exists in a zone that denies names which do not.';
    return 'It was not checked, or no answer could tell.';
  }
  const { by, state, status, server, nameServers = [], reason, rcode } = registration;
  if (by === 'rdap') {
    if (status === 'available') return 'The registry says so over RDAP.';
    if (status === 'registered') return 'The registry knows it (RDAP).';
    const because = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
    return `The registry could not be asked over RDAP${because}. DNS does not show what it holds back.`;
  }
  if (by === 'answer') return 'The registry’s own zone denies the name.';
  const who =
    by === 'registry'
      ? `The registry’s server ${server ?? ''}`.trim()
      : `The resolver ${server ?? ''}`.trim();
  switch (state) {
    case 'delegated':
      return nameServers.length === 0
        ? `${who} has name servers for it.`
        : `${who} has name servers for it: ${nameServers.join(', ')}.`;
    case 'none':
      return `${who} has no name servers for it, and denies the name.`;
    case 'unlisted':
      return isAvailable === true
        ? `${who} answers as for any name, and has no name servers for it.`
        : `${who} knows the name, but has no name servers for it.`;
    default:
      return `Neither the registry’s servers nor the resolvers could tell${rcode === undefined ? '' : ` (${rcode})`}.`;
  }
}

/** Whether the registrable domain can be registered, in words, and how that is known. */
export function registrationOf(
  evidence: DnsEvidenceView,
  verdict: string,
  isAvailable: boolean | null,
): Registration {
  const word =
    isAvailable === null
      ? 'Unknown'
      : isAvailable
        ? 'Can be registered'
        : verdict === 'OK'
          ? 'Registered'
          : 'Registered, but does not resolve';
  return { word, why: whyRegistered(evidence, verdict, isAvailable) };
}

/** What the zone above answers to names that do not exist; null where it was not asked. */
export function wildcardSentence({ wildcard }: DnsEvidenceView): string | null {
  if (wildcard === undefined) return null;
  const { zone, isWildcard, isRotating } = wildcard;
  if (isWildcard === null) return `Whether .${zone} answers for any name could not be found out.`;
  if (!isWildcard) return `.${zone} does not answer for names that do not exist.`;
  return `.${zone} answers for names that do not exist${isRotating === true ? ', each time otherwise' : ''}.`;
}

/** What the second opinion came to; null where none was asked for. */
export function recheckSentence({ recheck }: DnsEvidenceView): string | null {
  if (recheck === undefined) return null;
  const { resolver, verdict, instead, because } = recheck;
  const label = verdictLabel('dns', verdict).toLowerCase();
  const before =
    instead === undefined
      ? ''
      : ` ${instead.resolver ?? 'Before it, nobody'} had said ${verdictLabel('dns', instead.verdict).toLowerCase()} (${instead.rcode}).`;
  if (resolver === null) {
    if (instead !== undefined && because === 'unreliable')
      return `The first resolver has been wrong before, and no other answered: ${label}.${before}`;
    return because === 'unreliable'
      ? 'The resolver that answered has been wrong before, and there was no other to ask: take this with care.'
      : `The trusted resolvers gave no answer (${label}).`;
  }
  const asked =
    because === 'trusted'
      ? `Asked again at the trusted resolver ${resolver}`
      : `The first resolver has been wrong before, so ${resolver} was asked`;
  if (instead === undefined) return `${asked}: ${label}, the same.`;
  return `${asked}: ${label}.${before}`;
}
