import { isIP } from 'node:net';
import type { DnsAnswer, DnsPort } from '@domainflow/domain/dns/dns-port.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import { dohUrl, isResolverAddress } from '@domainflow/domain/persona/resolver-address.ts';
import { parseResolverAddress } from '../dns/resolver-address.ts';
import type { Guard } from '../guard/guard.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import { type AskOnce, askOverTcp, askOverUdp } from './ask-once.ts';
import type { ResolverLine } from './inspect-resolver.ts';

/** A person waits: what has not answered by then would slow a campaign down in any case. */
const MOST_TIMEOUT_MS = 3_000;
const HTTPS_PORT = 443;

/** The address and port that a resolver's text names; null where it names a host, or nothing. */
export function parseTarget(text: string): Endpoint | null {
  if (isResolverAddress(text)) return parseResolverAddress(text);
  const url = dohUrl(text);
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (url === null || isIP(host) === 0) return null;
  return { host, port: url.port === '' ? HTTPS_PORT : Number(url.port) };
}

const refused =
  (failure: string): AskOnce =>
  () =>
    Promise.resolve({ reply: null, failure });

/** Over HTTPS by the engine itself, whose sessions look the host up and hold it against the guard. */
const askOverDoh =
  (dns: DnsPort, persona: DnsPersona): AskOnce =>
  async (name, _options, signal) => {
    let answer: DnsAnswer;
    try {
      answer = await dns.resolver(persona).query(name, 'A', signal);
    } catch (error) {
      signal.throwIfAborted();
      // It may not be asked, or no session could be opened: the words after the URL say why.
      if (!(error instanceof DomainFlowError)) throw error;
      const [address = ''] = persona.resolvers.map((one) => one.address);
      return { reply: null, failure: error.message.split(`${address}: `).at(-1)?.replace(/\.$/, '') ?? '' };
    }
    const { rcode, records, rttMs, problem } = answer;
    if (rttMs === null) return { reply: null, failure: problem ?? `no reply within ${persona.timeoutMs} ms` };
    const addresses = records.filter(({ type }) => type === 'A').map(({ data }) => data);
    return { reply: { rcode, addresses, truncated: false, knowsEdns: true, keepsCase: true }, rttMs };
  };

/** How to ask a resolver as the persona would; one that the guard refuses is sent nothing. */
export function lineTo(
  { address, isTrusted }: { readonly address: string; readonly isTrusted: boolean },
  persona: DnsPersona,
  { guard, dns }: { readonly guard: Guard; readonly dns: DnsPort },
): ResolverLine {
  const isDoh = persona.transport === 'doh';
  const line = { label: address, needsCase: persona.randomizeCase && !isDoh, askOverTcp: null, isDoh };
  const timeoutMs = Math.min(persona.timeoutMs, MOST_TIMEOUT_MS);
  if (isDoh) {
    const alone = { address, weight: 1, queriesPerSecond: null };
    const resolvers = { resolvers: [alone], trustedResolvers: [], attempts: 1, timeoutMs };
    return { ...line, ask: askOverDoh(dns, { ...persona, ...resolvers }) };
  }
  const target = parseTarget(address);
  if (target === null) return { ...line, ask: refused('it is not an address') };
  const decision = guard.checkResolver(target.host, target.port);
  if (!isTrusted && !decision.allowed)
    return { ...line, ask: refused(`it may not be asked (${decision.reason})`) };
  const to = decision.allowed ? decision.connect : target;
  const overTcp = askOverTcp(to, timeoutMs);
  return persona.transport === 'tcp'
    ? { ...line, ask: overTcp }
    : { ...line, ask: askOverUdp(to, timeoutMs), askOverTcp: overTcp };
}
