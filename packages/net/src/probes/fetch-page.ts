import { addressLookup } from '@domainflow/domain/http/address-lookup.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { PhasePorts } from '@domainflow/domain/phases/phase.ts';
import type { PageProbe } from '@domainflow/domain/probe/probes.ts';
import { personaFields, requestText } from '../http/request-text.ts';
import { pageUrl } from './page-url.ts';
import { WORK_MS } from './probe-turns.ts';

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
