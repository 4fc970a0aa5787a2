import { CookieJar } from '@domainflow/domain/http/cookie-jar.ts';
import type { HttpHop } from '@domainflow/domain/http/http-port.ts';
import { registrableDomain } from '@domainflow/domain/http/registrable-domain.ts';
import { retryAfterMs } from '@domainflow/domain/http/retry-after.ts';
import type { LimitedTarget } from '@domainflow/domain/http/target-limits.ts';
import type { Link, TlsTarget } from '../tls/open-link.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure } from './failure.ts';
import { exchangeH2 } from './h2-exchange.ts';
import { exchange } from './http-exchange.ts';
import { requestFields, requestText } from './request-text.ts';
import type { ResponseHead } from './response-head.ts';
import type { RawResponse } from './response-wait.ts';
import type { VisitContext } from './visit-context.ts';
import type { VisitDeadline } from './visit-deadline.ts';

/** What is wanted of one request. */
export interface Want {
  /** By when of the visit's time the response head must be there. */
  readonly untilMs: number;
  /** Another request to the same origin follows. */
  readonly keep: boolean;
  readonly wireCapBytes: number;
  readonly wantedBytes: (head: ResponseHead) => number | null;
}

/** A connection for a request, and how requests look on it. */
export interface OpenedLink {
  readonly link: Link;
  /** Set where requests are sent to a proxy as such. */
  readonly toProxy: { readonly authorization: string | null } | null;
  readonly hop: Pick<HttpHop, 'address' | 'proxyId'>;
  /** Looks at a response that a proxy may have made itself; throws where it is a failure of the proxy. */
  readonly check: ((head: ResponseHead) => void) | null;
  /** To be told of each failed exchange; gives what it is, where the proxy is what failed. */
  readonly failed?: (error: unknown) => unknown;
}

/** How targets are reached. */
export interface Route {
  /** Opens a connection for a URL; tells each failed try as a hop. */
  open(url: URL, untilMs: number, hops: HttpHop[]): Promise<OpenedLink>;
}

/** Pause after a 429 that does not say how long, doubled with each. */
const PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 600_000;
const RETRIES = 2;
/** Proxies to which one request is sent while they fail themselves. */
const PROXIES_TRIED = 3;

/** Requests of one visit, one after the other, with its cookies; keeps at most one connection for the next one. */
export class Requester {
  private readonly context: VisitContext;
  private readonly deadline: VisitDeadline;
  private readonly cancellation: Cancellation;
  private readonly route: Route;
  private readonly jar: CookieJar | null;
  private kept: { readonly origin: string; readonly opened: OpenedLink } | null = null;

  constructor(context: VisitContext, deadline: VisitDeadline, cancellation: Cancellation, route: Route) {
    this.context = context;
    this.deadline = deadline;
    this.cancellation = cancellation;
    this.route = route;
    this.jar = context.persona.cookies === 'per_visit' ? new CookieJar() : null;
  }

  /** Closes what was kept. */
  close(): void {
    this.kept?.opened.link.close();
    this.kept = null;
  }

  /** What tells the request for a URL from others: the same URL with another cookie may be answered otherwise. */
  keyOf(url: URL): string {
    return `${url.href} ${this.jar?.header(url) ?? ''}`;
  }

  /**
   * One response, each try a hop. A host that asks to wait is waited for where the visit's time allows it, otherwise
   * the failure is `RATE_LIMITED`.
   */
  async get(url: URL, want: Want, hops: HttpHop[]): Promise<RawResponse> {
    const { limits } = this.context.turns;
    const host = domainKey(url);
    for (let tries = 0; ; tries++) {
      const pausedMs = limits.pausedMs(host, this.context.clock.nowMs());
      if (pausedMs > 0) await this.sleep(pausedMs, want.untilMs, `${url.hostname} asked to be left alone`);
      const raw = await this.once(url, want, hops);
      this.jar?.store(url, raw.head.headers['set-cookie']);
      const askedMs = pauseAsked(raw.head, tries);
      if (askedMs === null) return raw;
      this.close();
      const pauseMs = Math.min(askedMs, MOST_PAUSE_MS);
      const address = hops.at(-1)?.address ?? null;
      limits.pause(host, address === null ? null : addressKey(address), pauseMs, this.context.clock.nowMs());
      const detail = `Status ${raw.head.statusCode}, to wait for ${Math.ceil(askedMs / 1_000)} s`;
      if (tries >= RETRIES) throw rateLimited(detail, raw.head.statusCode);
      await this.sleep(askedMs, want.untilMs, detail, raw.head.statusCode);
    }
  }

  /** Waits within the visit's time; `RATE_LIMITED` where that is too short. */
  private async sleep(
    forMs: number,
    untilMs: number,
    detail: string,
    statusCode: number | null = null,
  ): Promise<void> {
    const { deadline } = this;
    const atMs = deadline.elapsedMs() + forMs;
    if (atMs >= Math.min(untilMs, deadline.timeoutMs)) throw rateLimited(detail, statusCode);
    await new Promise<void>((resolve, reject) => {
      this.cancellation.throwIfCancelled();
      const disarm = deadline.at(atMs, () => {
        this.cancellation.handler = null;
        resolve();
      });
      this.cancellation.handler = (reason) => {
        disarm();
        reject(reason);
      };
    });
  }

  private async once(url: URL, want: Want, hops: HttpHop[]): Promise<RawResponse> {
    const { kept } = this;
    this.kept = null;
    if (kept !== null && kept.origin === url.origin) {
      try {
        return await this.exchangeOn(kept.opened, url, want, hops, true);
      } catch (error) {
        // Closed while it was idle: that says nothing of the site.
        const wasIdle = error instanceof FetchFailure && error.isUnanswered && error.reason !== 'TIMEOUT';
        if (!wasIdle) throw error;
        if (!this.agreesTo(error.wants, url)) hops.pop();
      }
    } else kept?.opened.link.close();
    for (let tries = 1; ; tries++) {
      let opened: OpenedLink | null = null;
      try {
        opened = await this.route.open(url, want.untilMs, hops);
        return await this.exchangeOn(opened, url, want, hops, false);
      } catch (error) {
        if (!(error instanceof FetchFailure) || this.deadline.elapsedMs() >= want.untilMs) throw error;
        // Another proxy may do better; and another protocol, where the server asks for it.
        const isProxys = opened !== null && error.ofProxy !== null && tries < PROXIES_TRIED;
        if (!isProxys && !this.agreesTo(error.wants, url)) throw error;
      }
    }
  }

  /** Takes note of the protocol that an origin asks for; false where it asks for none, or refuses all. */
  private agreesTo(wants: FetchFailure['wants'], { origin }: URL): boolean {
    const { protocols } = this.context;
    if (wants === null || (wants === 'h2' && protocols.has(origin))) return false;
    protocols.set(origin, wants);
    return true;
  }

  private async exchangeOn(
    opened: OpenedLink,
    url: URL,
    want: Want,
    hops: HttpHop[],
    isKept: boolean,
  ): Promise<RawResponse> {
    const { link, toProxy, check } = opened;
    const { persona, fields } = this.context;
    const startedMs = performance.now();
    const hopOf = (statusCode: number | null, failure: HttpHop['failure'], exchangeMs: number) => ({
      ...opened.hop,
      url: url.href,
      protocol: link.protocol,
      connectMs: link.connectMs,
      statusCode,
      failure,
      elapsedMs: Math.round(exchangeMs + (isKept ? 0 : link.connectMs)),
    });
    try {
      const { deadline } = this;
      const headAtMs =
        persona.firstByteTimeoutMs === null
          ? want.untilMs
          : Math.min(want.untilMs, deadline.elapsedMs() + persona.firstByteTimeoutMs);
      const wantedBytes = (head: ResponseHead): number | null => {
        check?.(head);
        return want.wantedBytes(head);
      };
      const limits = {
        deadline,
        headAtMs,
        wireCapBytes: want.wireCapBytes,
        wantedBytes: check === null ? want.wantedBytes : wantedBytes,
        keep: want.keep && toProxy === null,
        minimumBytesPerSecond: persona.minimumBytesPerSecond,
      };
      const extras = {
        keepAlive: limits.keep,
        cookie: this.jar?.header(url) ?? null,
        proxyAuthorization: toProxy?.authorization ?? null,
      };
      const raw =
        link.protocol === 'h2'
          ? await exchangeH2(link, url, requestFields(url, fields, extras), limits, this.cancellation)
          : await exchange(
              link,
              requestText(url, fields, toProxy !== null, extras),
              limits,
              this.cancellation,
            );
      const hop = hopOf(raw.head.statusCode, null, raw.elapsedMs);
      hops.push({ ...hop, firstByteMs: Math.round(raw.firstByteMs) });
      if (raw.isReusable) this.kept = { origin: url.origin, opened };
      return raw;
    } catch (caught) {
      const error = opened.failed?.(caught) ?? caught;
      link.close();
      if (!(error instanceof FetchFailure)) throw error;
      error.isTold = true;
      const { reason, message: detail, afterHead } = error;
      const told = { reason, detail, isLocal: false, afterHead };
      hops.push(hopOf(null, told, performance.now() - startedMs));
      throw error;
    }
  }
}

function rateLimited(detail: string, statusCode: number | null): FetchFailure {
  const failure = new FetchFailure('RATE_LIMITED', 'exchange', detail);
  // The host spoke: another scheme would only ask it again.
  failure.afterHead = true;
  failure.statusCode = statusCode;
  return failure;
}

/** How long a response asks to wait, in milliseconds; null where it does not. */
function pauseAsked({ statusCode, headers }: ResponseHead, tries: number): number | null {
  if (statusCode !== 429 && statusCode !== 503) return null;
  const asked = retryAfterMs(headers['retry-after'], Date.now());
  if (asked !== null) return Math.max(asked, 1);
  return statusCode === 429 ? PAUSE_MS * 2 ** tries : null;
}

/** The target that stands for an address. */
export const addressKey = (address: string): string => `address ${address}`;
/** Asked for twice in a row for each URL, and the list of public suffixes is long. */
let lastDomain = { host: '', key: '' };

/** The target that stands for a URL's registrable domain, or for its host where it has none. */
export function domainKey({ hostname: host }: URL): string {
  if (host !== lastDomain.host) lastDomain = { host, key: `domain ${registrableDomain(host) ?? host}` };
  return lastDomain.key;
}

/** The targets whose limits a connection comes under. */
export function limitedTargets(context: VisitContext, url: URL, address: string | null): LimitedTarget[] {
  const { perAddress, perDomain } = context.persona;
  const domain = { key: domainKey(url), limit: perDomain };
  return address === null ? [domain] : [{ key: addressKey(address), limit: perAddress }, domain];
}

/** TLS for a URL by the persona's policy, and by what its origin asked for; null for plain http. */
export function tlsFor(url: URL, host: string, context: VisitContext, trust: TlsTarget['trust']) {
  const { persona, protocols } = context;
  const http2 = (protocols.get(url.origin) ?? (persona.http2 ? 'h2' : 'http/1.1')) === 'h2';
  return url.protocol === 'https:'
    ? { name: host, trust, http2, mustVerify: persona.tls === 'strict' }
    : null;
}
