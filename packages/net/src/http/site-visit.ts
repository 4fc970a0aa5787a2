import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { Clock } from '@domainflow/domain/clock.ts';
import {
  type AddressLookup,
  type HttpHop,
  LookupFailure,
  type SiteOutcome,
  type SiteRequest,
  type SiteResponse,
} from '@domainflow/domain/http/http-port.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Guard } from '../guard/guard.ts';
import { type Link, openLink } from '../tls/open-link.ts';
import type { Trust } from '../tls/trust.ts';
import type { Cancellation } from './cancellation.ts';
import { decodeContent, encodingsOf } from './decode-content.ts';
import { FetchFailure, isLocalLimit, moreSpecific } from './failure.ts';
import { exchange, type RawResponse } from './http-exchange.ts';
import { requestText } from './request-text.ts';
import { isTextual, locationOf, verdictOfStatus } from './site-verdict.ts';
import { VisitDeadline } from './visit-deadline.ts';

/** What visits of one persona share. */
export interface VisitContext {
  readonly persona: HttpPersona;
  /** Request fields after `Host`. */
  readonly fields: string;
  readonly guard: Guard;
  readonly clock: Clock;
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
  private readonly deadline: VisitDeadline;
  private readonly hops: HttpHop[] = [];
  private readonly addresses = new Map<string, readonly string[]>();

  constructor(context: VisitContext, request: SiteRequest, cancellation: Cancellation) {
    this.context = context;
    this.request = request;
    this.cancellation = cancellation;
    this.deadline = new VisitDeadline(context.clock, context.persona.timeoutMs);
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
    const { name, url } = this.request;
    if (url !== undefined) {
      const { response, failure } = await this.follow(url, Number.POSITIVE_INFINITY);
      return failure === null ? this.outcome(response) : this.failed(failure);
    }
    if (!URL.canParse(`https://${name}/`)) return this.unaddressable();
    const share = this.context.persona.timeoutMs * HTTPS_SHARE;
    const https = await this.follow(`https://${name}/`, share);
    if (https.failure === null) return this.outcome(https.response);
    if (https.answered || this.deadline.leftMs() <= 0) return this.failed(https.failure);
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
    const url = `https://${this.request.name}/`;
    const failure = new FetchFailure('ERROR', 'resolve', 'The name cannot stand in a URL');
    this.hops.push(hopWithoutAddress(url, failure, 0));
    return { verdict: 'ERROR', hops: this.hops, response: null };
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
          failure: { reason: error.reason, detail: error.message, isLocal: false },
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
    const untilMs = Math.min(this.deadline.timeoutMs, this.deadline.elapsedMs() + shareMs);
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    let failure: FetchFailure | null = null;
    const addresses = await this.addressesOf(url, untilMs);
    const tried = addresses.slice(0, ADDRESSES_TRIED);
    for (const [index, address] of tried.entries()) {
      const startedMs = performance.now();
      const hop = { url: url.href, address };
      try {
        const { raw, connectMs } = await this.fetchFrom(url, address, port, untilMs, tried.length - index);
        const elapsedMs = Math.round(performance.now() - startedMs);
        this.hops.push({ ...hop, statusCode: raw.head.statusCode, failure: null, elapsedMs, connectMs });
        return raw;
      } catch (error) {
        if (!(error instanceof FetchFailure)) throw error;
        const elapsedMs = Math.round(performance.now() - startedMs);
        const { reason, message: detail } = error;
        const isLocal = error.stage === 'connect' && isLocalLimit(detail, address);
        const told = { reason, detail, isLocal };
        this.hops.push({ ...hop, statusCode: null, failure: told, elapsedMs, connectMs: error.connectMs });
        // The first failure is kept unless a later one is more telling.
        failure = failure === null ? error : moreSpecific(failure, error);
        if (error.stage !== 'connect' || this.deadline.elapsedMs() >= untilMs) break;
      }
    }
    if (failure !== null) throw failure;
    const none = new FetchFailure('ERROR', 'resolve', `No address for ${url.hostname}`);
    this.hops.push(hopWithoutAddress(url.href, none, 0));
    throw none;
  }

  private async fetchFrom(
    url: URL,
    address: string,
    port: number,
    untilMs: number,
    addressesLeft: number,
  ): Promise<{ raw: RawResponse; connectMs: number }> {
    const { guard, trust, labTrust, persona, fields } = this.context;
    this.cancellation.throwIfCancelled();
    const decision = guard.check(address, port);
    if (!decision.allowed) throw new FetchFailure('ERROR', 'connect', `Refused: ${decision.reason}`);
    const { deadline } = this;
    const elapsedMs = deadline.elapsedMs();
    if (elapsedMs >= untilMs)
      throw new FetchFailure('TIMEOUT', 'connect', 'The deadline passed before the connection');
    const isLab = guard.lab !== null && decision.connect === guard.lab.https;
    const tls = url.protocol === 'https:' ? { name: bareHost(url), trust: isLab ? labTrust : trust } : null;
    const link: Link = await openLink(
      { ...decision.connect, tls },
      { deadline, tcpAtMs: elapsedMs + (untilMs - elapsedMs) / addressesLeft, tlsAtMs: untilMs },
      this.cancellation,
    );
    const raw = await exchange(
      link,
      requestText(url, fields),
      {
        deadline,
        headAtMs: untilMs,
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
    return { raw, connectMs: link.connectMs };
  }

  private async addressesOf(url: URL, untilMs: number): Promise<readonly string[]> {
    const name = bareHost(url);
    if (isIP(name) !== 0) return [name];
    const known = this.addresses.get(name);
    if (known !== undefined) return known;
    const startedMs = performance.now();
    this.cancellation.throwIfCancelled();
    try {
      const found = await this.cancellation.race(
        this.context.lookup(name),
        this.deadline,
        untilMs,
        () => new FetchFailure('TIMEOUT', 'resolve', `${name} was not resolved in time`),
      );
      const addresses = byReachability(found);
      this.addresses.set(name, addresses);
      return addresses;
    } catch (error) {
      this.cancellation.throwIfCancelled();
      const rcode = error instanceof LookupFailure ? error.rcode : null;
      const failure =
        error instanceof FetchFailure
          ? error
          : new FetchFailure(rcode === 'TIMEOUT' ? 'TIMEOUT' : 'ERROR', 'resolve', messageOf(error));
      const elapsedMs = Math.round(performance.now() - startedMs);
      this.hops.push(hopWithoutAddress(url.href, failure, elapsedMs, rcode === 'ERROR'));
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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const hopWithoutAddress = (
  url: string,
  failure: FetchFailure,
  elapsedMs: number,
  isLocal = false,
): HttpHop => ({
  url,
  address: null,
  statusCode: null,
  failure: { reason: failure.reason, detail: failure.message, isLocal },
  elapsedMs,
  connectMs: null,
});
