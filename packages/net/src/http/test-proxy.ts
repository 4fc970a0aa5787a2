import { isIP } from 'node:net';
import type { AddressLookup, HttpPort } from '@domainflow/domain/http/http-port.ts';
import { type Proxy, type ProxyTestResult, proxyPoolSchema } from '@domainflow/domain/http/proxy-pool.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';

const TIMEOUT_MS = 10_000;
const ADDRESS = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w.:])/gi;
/** A longer answer is a page, whose addresses are not the visitor's. */
const LONGEST_ANSWER_BYTES = 4_096;

export interface ProxyTestMeans {
  readonly http: HttpPort;
  /** Asked about the proxy's own name only. */
  readonly lookup: AddressLookup;
  readonly timeoutMs?: number;
}

/**
 * Fetches a URL through one proxy, with what it found: latency, and the exit address where the URL's answer is short and
 * names one, as the usual services that tell visitors their address do. Rejects with the signal's reason only. The
 * guard holds for the proxy and for the URL.
 */
export async function testProxy(
  proxy: Proxy,
  url: string,
  { http, lookup, timeoutMs = TIMEOUT_MS }: ProxyTestMeans,
  signal: AbortSignal,
): Promise<ProxyTestResult> {
  const persona = httpPersonaSchema.parse({
    timeoutMs,
    headers: [{ name: 'Accept', value: 'text/plain,application/json;q=0.9,*/*;q=0.5' }],
    robots: 'ignore',
    robotsOverrideReason: 'A person tests a proxy with a URL of their choice.',
  });
  // One use: what the test finds must not weigh on the pools that the proxy is in.
  const pool = proxyPoolSchema.parse({
    proxies: [{ ...proxy, requestsPerSecond: null }],
    ejectAfterFailures: 5,
  });
  const name = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const startedMs = performance.now();
  const { verdict, response, hops } = await http
    .fetcher(persona, lookup, pool)
    .fetchSite({ name, url, addresses: [] }, signal);
  const failure = hops.findLast((hop) => hop.failure !== null)?.failure ?? null;
  // A site that says no has been reached all the same.
  const ok = response !== null;
  return {
    ok,
    latencyMs: Math.round(performance.now() - startedMs),
    statusCode: response?.statusCode ?? null,
    exitAddress: response === null ? null : exitAddressIn(response.body),
    reason: ok ? null : verdict,
    detail: ok ? null : (failure?.detail ?? null),
  };
}

function exitAddressIn(body: Uint8Array): string | null {
  if (body.length > LONGEST_ANSWER_BYTES) return null;
  const found = Buffer.from(body).toString('latin1').match(ADDRESS) ?? [];
  return found.find((text) => isIP(text) !== 0) ?? null;
}
