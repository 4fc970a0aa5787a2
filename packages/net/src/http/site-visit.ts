import { hash } from 'node:crypto';
import { mayRefresh, REFRESH_BYTES, refreshOf } from '@domainflow/domain/content/page-refresh.ts';
import type { HttpHop, SiteOutcome, SiteRequest, SiteResponse } from '@domainflow/domain/http/http-port.ts';
import { isPage } from '@domainflow/domain/http/is-page.ts';
import { isSameSite } from '@domainflow/domain/http/registrable-domain.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Cancellation } from './cancellation.ts';
import { decodeContent, encodingsOfResponse } from './decode-content.ts';
import { FetchFailure, moreSpecific } from './failure.ts';
import { hopWithoutAddress } from './hop.ts';
import { DirectRoute } from './open-direct.ts';
import { ProxiedRoute } from './open-proxied.ts';
import { Requester } from './requester.ts';
import type { ResponseHead } from './response-head.ts';
import { NO_BODY, type RawResponse } from './response-wait.ts';
import { RobotsCheck } from './robots-check.ts';
import { isTextual, locationOf, verdictOfStatus } from './site-verdict.ts';
import type { VisitContext } from './visit-context.ts';
import { VisitDeadline } from './visit-deadline.ts';

/** Share of the deadline after which a silent first scheme gives way to the second. */
const FIRST_SHARE = 0.6;
/** Compressed octets beyond the decoded cap that are read, so that framing of the encoding does not cost text. */
const WIRE_SLACK_BYTES = 65_536;

/** One try from a first URL through its redirects. */
type Trail =
  | { readonly response: SiteResponse; readonly failure: null }
  | { readonly response: null; readonly failure: FetchFailure; readonly answered: boolean };

/** One visit to the home page of a domain: one scheme, then the other, under one deadline. */
export class SiteVisit {
  private readonly persona: HttpPersona;
  private readonly request: SiteRequest;
  private readonly cancellation: Cancellation;
  private readonly deadline: VisitDeadline;
  private readonly requester: Requester;
  private readonly robots: RobotsCheck;
  private readonly hops: HttpHop[] = [];

  constructor(context: VisitContext, request: SiteRequest, cancellation: Cancellation) {
    this.persona = context.persona;
    this.request = request;
    this.cancellation = cancellation;
    this.deadline = new VisitDeadline(context.clock, context.persona.timeoutMs);
    const { proxies } = context;
    const route =
      proxies === null
        ? new DirectRoute(context, this.deadline, cancellation, request)
        : new ProxiedRoute({ ...context, proxies }, this.deadline, cancellation, request);
    this.requester = new Requester(context, this.deadline, cancellation, route);
    this.robots = new RobotsCheck(context, this.requester, this.deadline, cancellation);
  }

  /** Rejects with the reason of a cancellation only: whatever else goes wrong with one site is its outcome. */
  async run(): Promise<SiteOutcome> {
    try {
      return await this.visit();
    } catch (error) {
      this.cancellation.throwIfCancelled();
      const failure = new FetchFailure('ERROR', 'exchange', String(error).slice(0, 300));
      this.hops.push(hopWithoutAddress(this.hops.at(-1)?.url ?? `https://${this.request.name}/`, failure, 0));
      return this.failed(failure);
    } finally {
      this.requester.close();
      this.deadline.end();
    }
  }

  private async visit(): Promise<SiteOutcome> {
    const { name, url } = this.request;
    if (url !== undefined) {
      const { response, failure } = await this.follow(new URL(url), Number.POSITIVE_INFINITY);
      return failure === null ? this.outcome(response) : this.failed(failure);
    }
    const [first, second] = this.schemes();
    const home = URL.parse(`${first}://${name}/`);
    if (home === null) return this.unaddressable();
    const share = this.persona.timeoutMs * (second === null ? 1 : FIRST_SHARE);
    const one = await this.follow(home, share);
    if (one.failure === null) return this.outcome(one.response);
    if (second === null || one.answered || this.deadline.leftMs() <= 0) return this.failed(one.failure);
    const other = await this.follow(new URL(`${second}://${name}/`), Number.POSITIVE_INFINITY);
    if (other.failure === null) return this.outcome(other.response);
    return this.failed(other.answered ? other.failure : moreSpecific(one.failure, other.failure));
  }

  private schemes(): readonly [string, string | null] {
    switch (this.persona.schemes) {
      case 'https_first':
        return ['https', 'http'];
      case 'http_first':
        return ['http', 'https'];
      case 'https_only':
        return ['https', null];
      case 'http_only':
        return ['http', null];
    }
  }

  private outcome(response: SiteResponse): SiteOutcome {
    return { verdict: verdictOfStatus(response.statusCode), hops: this.hops, response, ...this.told() };
  }

  private failed(failure: FetchFailure): SiteOutcome {
    const { statusCode } = failure;
    const status = statusCode === null ? {} : { statusCode };
    return { verdict: failure.reason, hops: this.hops, response: null, ...status, ...this.told() };
  }

  private told(): Pick<SiteOutcome, 'robots'> {
    const { decision } = this.robots;
    return decision === null ? {} : { robots: decision };
  }

  /** Such as an A-label that decodes to nothing: DNS may hold it, and no URL can. */
  private unaddressable(): SiteOutcome {
    const url = `https://${this.request.name}/`;
    const failure = new FetchFailure('ERROR', 'resolve', 'The name cannot stand in a URL');
    this.hops.push(hopWithoutAddress(url, failure, 0));
    return { verdict: 'ERROR', hops: this.hops, response: null };
  }

  /** Follows redirects from a URL. `shareMs` limits the wait for the first response only. */
  private async follow(first: URL, shareMs: number): Promise<Trail> {
    const seen: string[] = [];
    let answered = false;
    let url = first;
    try {
      for (;;) {
        seen.push(this.requester.keyOf(url));
        const raw = await this.fetch(url, answered ? Number.POSITIVE_INFINITY : shareMs);
        answered = true;
        const location = this.locationToFollow(raw.head, url);
        if (location !== null) {
          url = this.redirectTarget(location, url, seen);
          continue;
        }
        const response = await this.responseOf(url, raw);
        const next = mayLeadOn(response) ? this.refreshTarget(response, url, seen) : null;
        if (next === null) return { response, failure: null };
        url = next;
      }
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      this.tell(error, url, answered);
      // A proxy that answers in the site's place does not speak for it: the other scheme may do better.
      const spoke = error.afterHead && error.reason !== 'PROXY_ERROR';
      return { response: null, failure: error, answered: answered || spoke };
    }
  }

  /** A failure after a response belongs to that response's hop: a loop, a body that cannot be decoded. */
  private tell(failure: FetchFailure, url: URL, answered: boolean): void {
    if (failure.isTold) return;
    const last = this.hops.at(-1);
    const isOfLast = (answered && last?.url === url.href) || failure.statusCode !== null;
    if (isOfLast && last !== undefined && last.failure === null) {
      const told = { reason: failure.reason, detail: failure.message, isLocal: false };
      this.hops[this.hops.length - 1] = { ...last, failure: told };
    } else this.hops.push(hopWithoutAddress(url.href, failure, 0));
  }

  private redirectTarget(location: string, from: URL, seen: readonly string[]): URL {
    const refuse = (detail: string): FetchFailure => new FetchFailure('ERROR', 'exchange', detail);
    const { maxRedirects } = this.persona;
    if (seen.length > maxRedirects) throw refuse(`More than ${maxRedirects} redirects`);
    const url = URL.parse(location, from.href);
    if (url === null) throw refuse(`Redirect to an invalid URL: ${location.slice(0, 200)}`);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw refuse(`Redirect to an unsupported scheme: ${url.protocol}`);
    }
    stripped(url);
    if (seen.includes(this.requester.keyOf(url)))
      throw refuse(`Redirect loop: back to ${url.href.slice(0, 200)}`);
    return url;
  }

  /** Where a page that was read goes by itself; null where it stays, or may not be followed. */
  private refreshTarget(response: SiteResponse, from: URL, seen: readonly string[]): URL | null {
    const refresh = refreshOf(from.href, response.headers, response.body);
    if (refresh === null || !this.mayFollow(refresh.url, from)) return null;
    // A page that comes back to itself, or to one that led there, is what its readers see.
    if (seen.includes(this.requester.keyOf(stripped(new URL(refresh.url))))) return null;
    const last = this.hops.length - 1;
    this.hops[last] = { ...(this.hops[last] as HttpHop), refresh: refresh.by };
    return this.redirectTarget(refresh.url, from, seen);
  }

  /** Where a response leads that may be followed; one that may not is the last. */
  private locationToFollow(head: ResponseHead, from: URL): string | null {
    const location = locationOf(head);
    return location === null || !this.mayFollow(location, from) ? null : location;
  }

  /** What the persona says of redirects; those of further pages stay on the site. */
  private mayFollow(location: string, from: URL): boolean {
    const { redirects } = this.persona;
    const isHome = this.request.part === undefined;
    if (isHome && redirects !== 'same_domain') return redirects === 'any';
    const target = URL.parse(location, from.href);
    return target === null || isSameSite(target.hostname, from.hostname);
  }

  private async fetch(url: URL, shareMs: number): Promise<RawResponse> {
    const { deadline } = this;
    const until = (ms: number): number => Math.min(deadline.timeoutMs, deadline.elapsedMs() + ms);
    const untilMs = until(shareMs);
    let asked = false;
    if (this.persona.robots === 'ignore') this.robots.ignore(url);
    else asked = (await this.robots.admit(url, untilMs, this.hops)).asked;
    // Once the host has told its rules it is there: the page has the whole time that is left.
    const pageUntilMs = asked ? deadline.timeoutMs : untilMs;
    const { maxBodyBytes } = this.persona;
    const wantedBytes = (head: ResponseHead): number | null => {
      if (this.locationToFollow(head, url) !== null) return null;
      if (verdictOfStatus(head.statusCode) !== 'OK' || !this.isWanted(head)) return 0;
      // One octet more than is kept tells a page of that very size from one that was cut.
      if (encodingsOfResponse(head.headers).length === 0) return maxBodyBytes + 1;
      return maxBodyBytes + WIRE_SLACK_BYTES;
    };
    const want = {
      untilMs: pageUntilMs,
      keep: false,
      wireCapBytes: maxBodyBytes + WIRE_SLACK_BYTES,
      wantedBytes,
    };
    return await this.requester.get(url, want, this.hops);
  }

  private isWanted({ headers }: ResponseHead): boolean {
    return this.request.part === 'icon' || isTextual(headers['content-type']);
  }

  private async responseOf(url: URL, raw: RawResponse): Promise<SiteResponse> {
    const { headers, statusCode } = raw.head;
    const { maxBodyBytes } = this.persona;
    const encodings = raw.body.length === 0 ? [] : encodingsOfResponse(headers);
    const decoded =
      encodings.length === 0
        ? { body: raw.body.subarray(0, maxBodyBytes), truncated: raw.body.length > maxBodyBytes }
        : await decodeContent(raw.body, encodings, maxBodyBytes);
    raw.body = NO_BODY;
    this.cancellation.throwIfCancelled();
    return {
      finalUrl: url.href,
      statusCode,
      headers,
      body: decoded.body,
      bodySha256: hash('sha256', decoded.body, 'hex'),
      truncated: raw.cut || decoded.truncated,
      tls: raw.tls,
    };
  }
}

/** A URL without what is not asked for. */
function stripped(url: URL): URL {
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}

/** Whether to look for a refresh in a response. */
function mayLeadOn({ statusCode, headers, body }: SiteResponse): boolean {
  if (headers['refresh'] === undefined) {
    const { buffer, byteOffset, length } = body;
    const beginning = Buffer.from(buffer, byteOffset, Math.min(length, REFRESH_BYTES));
    if (!mayRefresh(beginning.toString('latin1'), length)) return false;
  }
  return verdictOfStatus(statusCode) === 'OK' && isPage(headers['content-type']);
}
