import { addressLookup } from '@domainflow/domain/http/address-lookup.ts';
import type { Proxy, ProxyTestResult } from '@domainflow/domain/http/proxy-pool.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { testProxy } from '../http/test-proxy.ts';
import { pageUrl } from './page-url.ts';

const AT_ONCE = 32;
/** A person waits, and a pool has more than one. */
const TIMEOUT_MS = 5_000;

/**
 * Fetches a URL through each proxy by itself, many at a time; null for those whose turn had not come, or that had not
 * answered, when `ended` aborted. The proxies' own names are looked up as `dns` says.
 */
export async function testProxies(
  ports: Pick<PhasePorts, 'dns' | 'http' | 'clock'>,
  proxies: readonly Proxy[],
  { dns, url }: { readonly dns: DnsPersona; readonly url: string },
  ended: AbortSignal,
): Promise<(ProxyTestResult | null)[]> {
  const target = pageUrl(url).href;
  const means = { http: ports.http, lookup: addressLookup(dns, ports), timeoutMs: TIMEOUT_MS };
  const results: (ProxyTestResult | null)[] = proxies.map(() => null);
  const waiting = [...proxies.entries()].reverse();
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined && !ended.aborted; next = waiting.pop()) {
      const [index, proxy] = next;
      try {
        results[index] = await testProxy(proxy, target, means, ended);
      } catch (error) {
        if (!ended.aborted) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
