import { isIP } from 'node:net';
import type { HttpHop } from '@domainflow/domain/http/http-port.ts';
import type { Proxy } from '@domainflow/domain/http/proxy-pool.ts';
import type { ProxyUse } from '@domainflow/domain/http/proxy-rotation.ts';
import { registrableDomain } from '@domainflow/domain/http/registrable-domain.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, isLocalLimit } from './failure.ts';
import { bareHost, hopWithoutAddress, portOf } from './hop.ts';
import { proxyAuthorization } from './proxy/http-connect.ts';
import { isSentToProxy, openViaProxy, type ProxiedTarget } from './proxy/open-via-proxy.ts';
import { brokenProxy, deadPool, failureAtProxy, refusedByProxy } from './proxy/proxy-failure.ts';
import type { ProxyTurn } from './proxy/proxy-turns.ts';
import { limitedTargets, type OpenedLink, tlsFor } from './requester.ts';
import type { ResponseHead } from './response-head.ts';
import type { VisitContext } from './visit-context.ts';
import type { VisitDeadline } from './visit-deadline.ts';

/** Proxies that one request tries while they fail themselves. */
const PROXIES_TRIED = 3;
/** Names that mean something else to a proxy than to the internet. */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|localdomain)$/;

/** Connects to targets through a pool of proxies, and in no other way: no target is looked up. One for each visit. */
export class ProxiedRoute {
  private readonly context: VisitContext & { readonly proxies: NonNullable<VisitContext['proxies']> };
  private readonly deadline: VisitDeadline;
  private readonly cancellation: Cancellation;
  private readonly known: { readonly name: string; readonly addresses: readonly string[] };
  /** By proxy the host that it did not open a tunnel to in this visit, and how it said so. */
  private readonly noTunnel = new Map<
    string,
    { readonly host: string; readonly status: number; readonly isSigned: boolean }
  >();

  constructor(
    context: ProxiedRoute['context'],
    deadline: VisitDeadline,
    cancellation: Cancellation,
    known: ProxiedRoute['known'],
  ) {
    this.context = context;
    this.deadline = deadline;
    this.cancellation = cancellation;
    this.known = known;
  }

  /** A connection through the next proxy that gives one; each failed try is a hop. */
  async open(url: URL, untilMs: number, hops: HttpHop[]): Promise<OpenedLink> {
    const refused = this.refusal(url);
    if (refused !== null) {
      hops.push(hopWithoutAddress(url.href, refused, 0));
      throw refused;
    }
    const leave = await this.waitFor(() => this.turnAtDomain(url));
    const tried = new Set<string>();
    let failure: FetchFailure | null = null;
    try {
      while (tried.size < PROXIES_TRIED && (failure === null || this.deadline.elapsedMs() < untilMs)) {
        const turn = await this.nextProxy(url, tried, failure, hops);
        if (turn === null) break;
        tried.add(turn.proxy.id);
        try {
          return await this.openWith(turn, url, untilMs, leave, hops);
        } catch (error) {
          if (!(error instanceof FetchFailure) || error.ofProxy === null) throw error;
          failure = error;
        }
      }
    } catch (error) {
      leave();
      throw error;
    }
    leave();
    throw failure ?? deadPool('No proxy of the pool works');
  }

  private async nextProxy(
    url: URL,
    tried: ReadonlySet<string>,
    before: FetchFailure | null,
    hops: HttpHop[],
  ): Promise<ProxyTurn | null> {
    const { turns } = this.context.proxies;
    const key = registrableDomain(url.hostname) ?? url.hostname;
    try {
      return await this.waitFor(() => turns.take(key, tried, this.cancellation));
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      if (before !== null) return null;
      hops.push(hopWithoutAddress(url.href, error, 0));
      throw error;
    }
  }

  private async openWith(
    turn: ProxyTurn,
    url: URL,
    untilMs: number,
    leave: () => void,
    hops: HttpHop[],
  ): Promise<OpenedLink> {
    const { guard, trust, labTrust, persona, lookup, proxies } = this.context;
    const { proxy } = turn;
    const host = this.hostFor(url, proxy);
    const name = bareHost(url);
    // Only the lab's authority signs the lab's names, wherever a proxy finds them.
    const tls = tlsFor(url, name, this.context, guard.lab === null ? trust : labTrust);
    const target: ProxiedTarget = { host, port: portOf(url), tls };
    const address = isIP(host) === 0 ? null : host;
    const hop = { url: url.href, address, proxyId: proxy.id };
    const startedMs = performance.now();
    const { deadline } = this;
    const elapsedMs = deadline.elapsedMs();
    const share = proxies.pool.proxies.length > 1 ? 0.5 : 1;
    const atMs = elapsedMs + Math.min(persona.connectTimeoutMs ?? Infinity, (untilMs - elapsedMs) * share);
    try {
      const link = await openViaProxy(
        proxy,
        target,
        { guard, lookup, trust, userAgent: persona.userAgent },
        { deadline, atMs },
        this.cancellation,
      );
      const toProxy = isSentToProxy(proxy, target) ? { authorization: proxyAuthorization(proxy) } : null;
      const tookMs = performance.now() - startedMs;
      // A tunnel is the work of the proxy; where it is sent requests as such, its first answer is.
      if (toProxy === null) turn.worked(tookMs);
      let use: ProxyUse | null = null;
      let isAnswered = false;
      const check = (head: ResponseHead): void => {
        if (toProxy === null) return;
        isAnswered = true;
        const failure = failureOfProxy(head) ?? this.sameAsNoTunnel(head, proxy, host);
        use = useOf(failure);
        if (use === null) turn.worked(tookMs);
        if (failure !== null) throw failure;
      };
      const close = (): void => {
        link.close();
        leave();
        // Where nothing was answered it is not known yet why.
        if (toProxy === null || isAnswered) turn.end(use);
      };
      const failed = (error: unknown): unknown => {
        if (toProxy === null || isAnswered) return error;
        // Who is sent requests as a proxy would say what is wrong with the target.
        const failure = error instanceof FetchFailure && error.isUnanswered ? failureAtProxy(error) : null;
        turn.end(useOf(failure));
        return failure ?? error;
      };
      return { link: { ...link, close }, hop, toProxy, check, failed };
    } catch (error) {
      if (!(error instanceof FetchFailure)) {
        turn.end(null);
        throw error;
      }
      // Where this machine has no sockets left, nothing is known of the proxy, and another would fare no better.
      const isLocal = isLocalLimit(error.message, '');
      if (isLocal) error.ofProxy = null;
      const status = error.connectStatus;
      if (status !== null)
        this.noTunnel.set(proxy.id, { host: bareHost(url), status, isSigned: error.isSigned });
      const tookMs = Math.round(performance.now() - startedMs);
      turn.end(isLocal ? null : (useOf(error) ?? { ok: true, tookMs }));
      const failure = { reason: error.reason, detail: error.message, isLocal };
      hops.push({ ...hop, statusCode: null, failure, elapsedMs: tookMs, connectMs: null });
      error.isTold = true;
      throw error;
    }
  }

  /**
   * A proxy that does not name itself says of a plain request what it said of the tunnel to the same host, or that it
   * failed in another way: Apache answers 502 to CONNECT and 500 to the request where a name is not found.
   */
  private sameAsNoTunnel({ statusCode }: ResponseHead, proxy: Proxy, host: string): FetchFailure | null {
    const before = this.noTunnel.get(proxy.id);
    if (before?.host !== host) return null;
    const bothFailed = !before.isSigned && before.status >= 500 && statusCode >= 500;
    return before.status === statusCode || bothFailed
      ? refusedByProxy(`Status ${statusCode}; the proxy had refused CONNECT with ${before.status}`)
      : null;
  }

  /** What the proxy is told: the name, or an address that is known of it where the pool says so. */
  private hostFor(url: URL, proxy: Proxy): string {
    const host = bareHost(url);
    const { guard, proxies } = this.context;
    if (proxies.pool.targetBy === 'name' || host !== this.known.name) return host;
    // A request that is sent to the proxy as such names its host (RFC 9112, 3.2.2).
    if (url.protocol === 'http:' && proxy.kind !== 'socks5') return host;
    return this.known.addresses.find((address) => guard.check(address, portOf(url)).allowed) ?? host;
  }

  /** Why a proxy may not be sent there, null where it may: addresses as the guard says, and no names of inner networks. */
  private refusal(url: URL): FetchFailure | null {
    const host = bareHost(url);
    if (isIP(host) !== 0) {
      const decision = this.context.guard.check(host, portOf(url));
      return decision.allowed ? null : new FetchFailure('ERROR', 'connect', `Refused: ${decision.reason}`);
    }
    if (host.includes('.') && !INNER_NAME.test(host)) return null;
    return new FetchFailure('ERROR', 'connect', `Refused: ${host} is not a public name`);
  }

  private async turnAtDomain(url: URL): Promise<() => void> {
    const { turns } = this.context;
    const targets = limitedTargets(this.context, url, null);
    return turns.tryEnter(targets) ?? turns.enter(targets, this.cancellation);
  }

  /** Time that is spent on waiting for a turn is given back to the visit. */
  private async waitFor<T>(turn: () => Promise<T>): Promise<T> {
    const startedMs = this.context.clock.nowMs();
    const got = await turn();
    this.deadline.grant(this.context.clock.nowMs() - startedMs);
    return got;
  }
}

/** What a failure says of the proxy; null where it says nothing against it. */
const useOf = (failure: FetchFailure | null): ProxyUse | null =>
  failure === null || failure.ofProxy === null
    ? null
    : { ok: false, kind: failure.ofProxy, detail: failure.message };

/** Whether a proxy answered instead of the target: only what it says plainly is believed. */
function failureOfProxy({ statusCode, headers }: ResponseHead): FetchFailure | null {
  if (statusCode === 407) return brokenProxy('Status 407: the proxy wants credentials', 'credentials');
  if (statusCode < 400) return null;
  const squid = headers['x-squid-error'];
  if (squid !== undefined) return refusedByProxy(`Status ${statusCode} of the proxy: ${squid}`);
  const status = headers['proxy-status'];
  if (status !== undefined && /;\s*error\s*=/.test(status))
    return refusedByProxy(`Status ${statusCode} of the proxy: ${status}`);
  const server = headers['server'] ?? '';
  return /^(?:tinyproxy|squid|privoxy)\b/i.test(server)
    ? refusedByProxy(`Status ${statusCode} of the proxy (${server})`)
    : null;
}
