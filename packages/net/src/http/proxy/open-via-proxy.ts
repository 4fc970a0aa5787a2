import { isIP } from 'node:net';
import type { AddressLookup } from '@domainflow/domain/http/http-port.ts';
import type { Proxy } from '@domainflow/domain/http/proxy-pool.ts';
import type { Guard } from '../../guard/guard.ts';
import {
  encrypt,
  type Link,
  linkOver,
  openTcp,
  type StepLimits,
  type TlsTarget,
} from '../../tls/open-link.ts';
import type { Trust } from '../../tls/trust.ts';
import type { Cancellation } from '../cancellation.ts';
import { FetchFailure } from '../failure.ts';
import { httpConnect } from './http-connect.ts';
import { brokenProxy, failureAtProxy } from './proxy-failure.ts';
import { SocketReader } from './socket-reader.ts';
import { socks5Connect } from './socks5.ts';

export interface ProxiedTarget {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: TlsTarget | null;
}

export interface ProxyMeans {
  readonly guard: Guard;
  /** Asked about the proxy's own name only. */
  readonly lookup: AddressLookup;
  readonly trust: Trust;
  readonly userAgent: string;
}

/** Whether requests to this target are sent to the proxy as such, rather than through a tunnel. */
export const isSentToProxy = (proxy: Proxy, target: ProxiedTarget): boolean =>
  proxy.kind !== 'socks5' && target.tls === null;

/**
 * Connects to a target through a proxy; nothing but the proxy's own name is looked up, and nothing but its address
 * connected to. Rejects with `PROXY_ERROR` for the proxy's part, and for TLS with the target as `encrypt` does.
 */
export async function openViaProxy(
  proxy: Proxy,
  target: ProxiedTarget,
  means: ProxyMeans,
  limits: StepLimits,
  cancellation: Cancellation,
): Promise<Link> {
  const startedMs = performance.now();
  const tunnel = await proxyPart(() => openTunnel(proxy, target, means, limits, cancellation));
  if (target.tls === null) return linkOver(tunnel, null, performance.now() - startedMs, () => {});
  const secure = await encrypt(tunnel, target.tls, limits, cancellation);
  return linkOver(tunnel, secure, performance.now() - startedMs, () => {});
}

/** Whatever fails here is the proxy's; its own words stay in the detail. */
async function proxyPart<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof FetchFailure) || error.reason === 'PROXY_ERROR') throw error;
    throw failureAtProxy(error);
  }
}

async function openTunnel(
  proxy: Proxy,
  target: ProxiedTarget,
  means: ProxyMeans,
  limits: StepLimits,
  cancellation: Cancellation,
) {
  const endpoint = await endpointOf(proxy, means, limits, cancellation);
  const tcp = await openTcp(endpoint, limits, cancellation);
  const socket =
    proxy.kind === 'https'
      ? await encrypt(
          tcp,
          { name: proxy.host, trust: means.trust, http2: false, mustVerify: true },
          limits,
          cancellation,
        )
      : tcp;
  if (isSentToProxy(proxy, target)) return socket;
  try {
    cancellation.throwIfCancelled();
    const reader = new SocketReader(socket, limits, cancellation);
    if (proxy.kind === 'socks5') await socks5Connect(socket, reader, proxy, target.host, target.port);
    else {
      const host = isIP(target.host) === 6 ? `[${target.host}]` : target.host;
      await httpConnect(socket, reader, proxy, `${host}:${target.port}`, means.userAgent);
    }
    return socket;
  } catch (error) {
    socket.destroy();
    tcp.destroy();
    throw error;
  }
}

/** Where the proxy is, as the guard allows it. */
async function endpointOf(
  proxy: Proxy,
  { guard, lookup }: ProxyMeans,
  { deadline, atMs }: StepLimits,
  cancellation: Cancellation,
) {
  const addresses = isIP(proxy.host)
    ? [proxy.host]
    : await cancellation
        .race(Promise.resolve(lookup(proxy.host)), deadline, atMs, () =>
          brokenProxy(`${proxy.host} was not resolved in time`, 'unreachable'),
        )
        .catch((error: unknown) => {
          cancellation.throwIfCancelled();
          throw error instanceof FetchFailure ? error : brokenProxy(String(error), 'unreachable');
        });
  let refused = `${proxy.host} has no address`;
  for (const address of addresses) {
    const decision = guard.check(address, proxy.port);
    if (decision.allowed) return decision.connect;
    refused = `Refused: ${decision.reason}`;
  }
  throw brokenProxy(`Proxy: ${refused}`, 'unreachable');
}
