import { invalidInput } from '@domainflow/domain/errors.ts';
import { addressLookup } from '@domainflow/domain/http/address-lookup.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { PhasePorts } from '@domainflow/domain/phases/phase.ts';
import type { PageProbe } from '@domainflow/domain/probe/probes.ts';
import { personaFields, requestText } from '../http/request-text.ts';
import { WORK_MS } from './probe-turns.ts';

/** `INVALID_INPUT` for what is no http(s) URL, and for one with user name or password in it. */
function pageUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalidInput('Give a URL that starts with https:// or http://.', 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidInput('The URL must hold neither user name nor password.', 'url');
  }
  url.hash = '';
  return url;
}

/** Fetches one URL as a worker with these personas would. Rejects when `left` aborts. */
export async function fetchPage(
  ports: Pick<PhasePorts, 'dns' | 'http' | 'clock'>,
  personas: { readonly http: HttpPersona; readonly dns: DnsPersona },
  text: string,
  left: AbortSignal,
): Promise<PageProbe> {
  const url = pageUrl(text);
  const http = { ...personas.http, timeoutMs: Math.min(personas.http.timeoutMs, WORK_MS) };
  const name = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const fetcher = ports.http.fetcher(http, addressLookup(personas.dns, ports));
  const outcome = await fetcher.fetchSite({ name, url: url.href, addresses: [] }, left);
  return { outcome, requestHeaders: headersIn(requestText(url, personaFields(http))) };
}

const headersIn = (request: string): { name: string; value: string }[] =>
  request
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(': ');
      return { name: line.slice(0, colon), value: line.slice(colon + 2) };
    });
