import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { HttpHop, SiteOutcome, SiteRequest, SiteResponse } from '@domainflow/domain/http/http-port.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Guard } from '../guard/guard.ts';
import { type Link, openLink } from '../tls/open-link.ts';
import type { Trust } from '../tls/trust.ts';
import type { AddressLookup } from './address-lookup.ts';
import type { Cancellation } from './cancellation.ts';
import { decodeContent, encodingsOf } from './decode-content.ts';
import { FetchFailure, moreSpecific } from './failure.ts';
import { exchange, type RawResponse } from './http-exchange.ts';
import { requestText } from './request-text.ts';
import { isTextual, locationOf, verdictOfStatus } from './site-verdict.ts';

/** What visits of one persona share. */
export interface VisitContext {
  readonly persona: HttpPersona;
  /** Request fields after `Host`. */
  readonly fields: string;
  readonly guard: Guard;
  readonly lookup: AddressLookup;
  readonly trust: Trust;
  readonly labTrust: Trust;
}

/** Share of the deadline after which a silent https gives way to http. */
const HTTPS_SHARE = 0.6;
/** Addresses of one name that are tried while connections are refused. */
const ADDRESSES_TRIED = 3;
/** Compressed octets beyond the decoded cap that are read, so that framing of the encoding does not cost text. */
const WIRE_SLACK_BYTES = 65_536;

/** One try from a first URL through its redirects. */
type Trail =
  | { readonly response: SiteResponse; readonly failure: null }
  | { readonly response: null; readonly failure: FetchFailure; readonly answered: boolean };

/** One visit to the home page of a domain: https, then http, under one deadline. */
export class SiteVisit {
  private readonly context: VisitContext;
  private readonly request: SiteRequest;
  private readonly cancellation: Cancellation;
  private readonly deadlineMs: number;
  private readonly hops: HttpHop[] = [];
  private readonly addresses = new Map<string, readonly string[]>();

  constructor(context: VisitContext, request: SiteRequest, cancellation: Cancellation) {
    this.context = context;
    this.request = request;
    this.cancellation = cancellation;
    this.deadlineMs = performance.now() + context.persona.timeoutMs;
    if (request.addresses.length > 0) this.addresses.set(request.name, byReachability(request.addresses));
  }

  /** Rejects with the reason of a cancellation only: whatever else goes wrong with one site is its outcome. */
  async run(): Promise<SiteOutcome> {
    try {
      return await this.visit();
    } catch (error) {
      this.cancellation.throwIfCancelled();
      return this.failed(new FetchFailure('ERROR', 'exchange', String(error)));
    }
  }

  private async visit(): Promise<SiteOutcome> {
    const { name } = this.request;
    if (!URL.canParse(`https://${name}/`)) return this.unaddressable();
    const share = this.context.persona.timeoutMs * HTTPS_SHARE;
    const https = await this.follow(`https://${name}/`, share);
    if (https.failure === null) return this.outcome(https.response);
    if (https.answered || this.leftMs() <= 0) return this.failed(https.failure);
    const http = await this.follow(`http://${name}/`, Number.POSITIVE_INFINITY);
    if (http.failure === null) return this.outcome(http.response);
    return this.failed(http.answered ? http.failure : moreSpecific(https.failure, http.failure));
  }

  private outcome(response: SiteResponse): SiteOutcome {
    return { verdict: verdictOfStatus(response.statusCode), hops: this.hops, response };
  }

  private failed(failure: FetchFailure): SiteOutcome {
    return { verdict: failure.reason, hops: this.hops, response: null };
  }

  /** Such as an A-label that decodes to nothing: DNS may hold it, and no URL can. */
  private unaddressable(): SiteOutcome {
    const failure = { reason: 'ERROR', detail: 'The name cannot stand in a URL' };
    const url = `https://${this.request.name}/`;
    this.hops.push({ url, address: null, statusCode: null, failure, elapsedMs: 0 });
    return { verdict: 'ERROR', hops: this.hops, response: null };
  }

  private leftMs(): number {
    return this.deadlineMs - performance.now();
  }

  /** Follows redirects from a URL. `shareMs` limits the wait for the first response only. */
  private async follow(firstUrl: string, shareMs: number): Promise<Trail> {
    const seen = new Set<string>();
    let answered = false;
    let url = new URL(firstUrl);
    try {
      for (;;) {
        seen.add(url.href);
        const raw = await this.fetch(url, answered ? Number.POSITIVE_INFINITY : shareMs);
        answered = true;
        const location = locationOf(raw.head);
        if (location === null) return { response: await this.responseOf(url, raw), failure: null };
        url = this.redirectTarget(location, url, seen);
      }
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      const last = this.hops.at(-1);
      // A failure after a response belongs to that response's hop: a loop, a body that cannot be decoded.
      if (last !== undefined && last.failure === null) {
        this.hops[this.hops.length - 1] = {
          ...last,
          failure: { reason: error.reason, detail: error.message },
        };
      }
      return { response: null, failure: error, answered: answered || error.afterHead };
    }
  }

  private redirectTarget(location: string, from: URL, seen: ReadonlySet<string>): URL {
    const refuse = (detail: string): FetchFailure => new FetchFailure('ERROR', 'exchange', detail);
    const { maxRedirects } = this.context.persona;
    if (seen.size > maxRedirects) throw refuse(`More than ${maxRedirects} redirects`);
    const text = Buffer.from(location, 'latin1').toString('utf8');
    const url = URL.canParse(text, from.href) ? new URL(text, from.href) : null;
    if (url === null) throw refuse(`Redirect to an invalid URL: ${text.slice(0, 200)}`);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw refuse(`Redirect to an unsupported scheme: ${url.protocol}`);
    }
    url.hash = '';
    url.username = '';
    url.password = '';
    if (seen.has(url.href)) throw refuse(`Redirect loop: back to ${url.href.slice(0, 200)}`);
    return url;
  }

  /** One request, on the first of the name's addresses that takes the connection; each try is a hop. */
  private async fetch(url: URL, shareMs: number): Promise<RawResponse> {
    const untilMs = Math.min(this.deadlineMs, performance.now() + shareMs);
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    let failure: FetchFailure | null = null;
    const addresses = await this.addressesOf(url, untilMs);
    const tried = addresses.slice(0, ADDRESSES_TRIED);
    for (const [index, address] of tried.entries()) {
      const startedMs = performance.now();
      const hop = { url: url.href, address };
      try {
        const raw = await this.fetchFrom(url, address, port, untilMs, tried.length - index);
        const elapsedMs = Math.round(performance.now() - startedMs);
        this.hops.push({ ...hop, statusCode: raw.head.statusCode, failure: null, elapsedMs });
        return raw;
      } catch (error) {
        if (!(error instanceof FetchFailure)) throw error;
        const elapsedMs = Math.round(performance.now() - startedMs);
        const { reason, message: detail } = error;
        this.hops.push({ ...hop, statusCode: null, failure: { reason, detail }, elapsedMs });
        // The first failure is kept unless a later one is more telling.
        failure = failure === null ? error : moreSpecific(failure, error);
        if (error.stage !== 'connect' || performance.now() >= untilMs) break;
      }
    }
    if (failure !== null) throw failure;
    const none = new FetchFailure('ERROR', 'resolve', `No address for ${url.hostname}`);
    const hop = { url: url.href, address: null, statusCode: null, elapsedMs: 0 };
    this.hops.push({ ...hop, failure: { reason: none.reason, detail: none.message } });
    throw none;
  }

  private async fetchFrom(
    url: URL,
    address: string,
    port: number,
    untilMs: number,
    addressesLeft: number,
  ): Promise<RawResponse> {
    const { guard, trust, labTrust, persona, fields } = this.context;
    this.cancellation.throwIfCancelled();
    const decision = guard.check(address, port);
    if (!decision.allowed) throw new FetchFailure('ERROR', 'connect', `Refused: ${decision.reason}`);
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0)
      throw new FetchFailure('TIMEOUT', 'connect', 'The deadline passed before the connection');
    const isLab = guard.lab !== null && decision.connect === guard.lab.https;
    const tls = url.protocol === 'https:' ? { name: bareHost(url), trust: isLab ? labTrust : trust } : null;
    const link: Link = await openLink(
      { ...decision.connect, tls },
      { tcpTimeoutMs: Math.max(1, leftMs / addressesLeft), timeoutMs: Math.max(1, leftMs) },
      this.cancellation,
    );
    return exchange(
      link,
      requestText(url, fields),
      {
        headTimeoutMs: Math.max(1, untilMs - performance.now()),
        deadlineMs: this.deadlineMs,
        wireCapBytes: persona.maxBodyBytes + WIRE_SLACK_BYTES,
        wantedBytes: (head) => {
          if (locationOf(head) !== null) return null;
          if (verdictOfStatus(head.statusCode) !== 'OK' || !isTextual(head.headers['content-type'])) return 0;
          // One octet more than is kept tells a page of that very size from one that was cut.
          if (encodingsOf(head.headers['content-encoding']).length === 0) return persona.maxBodyBytes + 1;
          return persona.maxBodyBytes + WIRE_SLACK_BYTES;
        },
      },
      this.cancellation,
    );
  }

  private async addressesOf(url: URL, untilMs: number): Promise<readonly string[]> {
    const name = bareHost(url);
    if (isIP(name) !== 0) return [name];
    const known = this.addresses.get(name);
    if (known !== undefined) return known;
    const leftMs = Math.max(1, untilMs - performance.now());
    this.cancellation.throwIfCancelled();
    const hopOf = (failure: FetchFailure): HttpHop => ({
      url: url.href,
      address: null,
      statusCode: null,
      failure: { reason: failure.reason, detail: failure.message },
      elapsedMs: Math.round(leftMs - (untilMs - performance.now())),
    });
    try {
      const found = await this.cancellation.race(
        this.context.lookup(
          name,
          this.hops.findLast(({ statusCode }) => statusCode !== null)?.address ?? null,
        ),
        leftMs,
        () => new FetchFailure('TIMEOUT', 'resolve', `${name} was not resolved in time`),
      );
      const addresses = byReachability(found);
      this.addresses.set(name, addresses);
      return addresses;
    } catch (error) {
      this.cancellation.throwIfCancelled();
      const failure =
        error instanceof FetchFailure
          ? error
          : new FetchFailure('ERROR', 'resolve', `${name} could not be resolved: ${String(error)}`);
      this.hops.push(hopOf(failure));
      throw failure;
    }
  }

  private async responseOf(url: URL, raw: RawResponse): Promise<SiteResponse> {
    const { headers, statusCode } = raw.head;
    const { maxBodyBytes } = this.context.persona;
    const decoded = await decodeContent(
      raw.body,
      raw.body.length === 0 ? [] : encodingsOf(headers['content-encoding']),
      maxBodyBytes,
    );
    this.cancellation.throwIfCancelled();
    return {
      finalUrl: url.href,
      statusCode,
      headers,
      body: decoded.body,
      bodySha256: createHash('sha256').update(decoded.body).digest('hex'),
      truncated: raw.cut || decoded.truncated,
      tls: raw.tls,
    };
  }
}

/** The host of a URL without the brackets of an IPv6 address or a final dot. */
const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** IPv4 first: many machines have no IPv6 route, and a refused try costs time of the one deadline. */
const byReachability = (addresses: readonly string[]): string[] => [
  ...addresses.filter((address) => !address.includes(':')),
  ...addresses.filter((address) => address.includes(':')),
];
