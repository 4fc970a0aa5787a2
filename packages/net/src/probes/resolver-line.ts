import { isIP } from 'node:net';
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

/** How to ask a resolver as the persona would; one that the guard refuses is sent nothing. */
export function lineTo(
  { address, isTrusted }: { readonly address: string; readonly isTrusted: boolean },
  persona: DnsPersona,
  guard: Guard,
): ResolverLine {
  const line = { label: address, needsCase: persona.randomizeCase, askOverTcp: null, certificate: null };
  const target = parseTarget(address);
  if (target === null) return { ...line, ask: refused('it is not an address') };
  const decision = guard.checkResolver(target.host, target.port);
  if (!isTrusted && !decision.allowed)
    return { ...line, ask: refused(`it may not be asked (${decision.reason})`) };
  const to = decision.allowed ? decision.connect : target;
  const timeoutMs = Math.min(persona.timeoutMs, MOST_TIMEOUT_MS);
  const overTcp = askOverTcp(to, timeoutMs);
  return persona.transport === 'tcp'
    ? { ...line, ask: overTcp }
    : { ...line, ask: askOverUdp(to, timeoutMs), askOverTcp: overTcp };
}
