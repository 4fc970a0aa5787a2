import { isIP } from 'node:net';
import { type HttpHop, LookupFailure } from '@domainflow/domain/http/http-port.ts';
import type { LimitedTarget } from '@domainflow/domain/http/target-limits.ts';
import { encrypt, type Link, linkOver, openTcp, type StepLimits, type TlsTarget } from '../tls/open-link.ts';
import { openPlain } from '../tls/plain-link.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, isLocalLimit, moreSpecific } from './failure.ts';
import { bareHost, hopWithoutAddress, portOf } from './hop.ts';
import { limitedTargets, type OpenedLink, tlsFor } from './requester.ts';
import type { VisitContext } from './visit-context.ts';
import type { VisitDeadline } from './visit-deadline.ts';

/** Addresses of one name that are tried while connections are refused. */
const ADDRESSES_TRIED = 3;

/** Connects to targets themselves, at the addresses that are known or found. One for each visit. */
export class DirectRoute {
  private readonly context: VisitContext;
  private readonly deadline: VisitDeadline;
  private readonly cancellation: Cancellation;
  private readonly known: { readonly name: string; readonly addresses: readonly string[] };
  private readonly found = new Map<string, readonly string[]>();

  constructor(
    context: VisitContext,
    deadline: VisitDeadline,
    cancellation: Cancellation,
    known: { readonly name: string; readonly addresses: readonly string[] },
  ) {
    this.context = context;
    this.deadline = deadline;
    this.cancellation = cancellation;
    this.known = known;
  }

  /** A connection to the first of the name's addresses that takes it; each failed try is a hop. */
  async open(url: URL, untilMs: number, hops: HttpHop[]): Promise<OpenedLink> {
    let failure: FetchFailure | null = null;
    const addresses = this.knownAddresses(bareHost(url)) ?? (await this.findAddresses(url, untilMs, hops));
    const tried = Math.min(addresses.length, ADDRESSES_TRIED);
    for (let index = 0; index < tried; index++) {
      const address = addresses[index] as string;
      const targets = limitedTargets(this.context, url, address);
      const leave = this.context.turns.tryEnter(targets) ?? (await this.turnAt(targets));
      const startedMs = performance.now();
      try {
        const link = await this.connect(url, address, untilMs, tried - index, leave);
        return { link, hop: { address }, toProxy: null, check: null };
      } catch (error) {
        leave();
        if (!(error instanceof FetchFailure)) throw error;
        const { reason, message: detail } = error;
        const isLocal = error.stage === 'connect' && isLocalLimit(detail, address);
        hops.push({
          url: url.href,
          address,
          statusCode: null,
          failure: { reason, detail, isLocal },
          elapsedMs: Math.round(performance.now() - startedMs),
          connectMs: error.connectMs,
        });
        error.isTold = true;
        // The first failure is kept unless a later one is more telling.
        failure = failure === null ? error : moreSpecific(failure, error);
        if (error.stage !== 'connect' || this.deadline.elapsedMs() >= untilMs) break;
      }
    }
    if (failure !== null) throw failure;
    const none = new FetchFailure('ERROR', 'resolve', `No address for ${url.hostname}`);
    hops.push(hopWithoutAddress(url.href, none, 0));
    throw none;
  }

  /** A turn at the address and the domain; the time spent on waiting for it is given back to the visit. */
  private async turnAt(targets: readonly LimitedTarget[]): Promise<() => void> {
    const { turns, clock } = this.context;
    const startedMs = clock.nowMs();
    const left = await turns.enter(targets, this.cancellation);
    this.deadline.grant(clock.nowMs() - startedMs);
    return left;
  }

  private knownAddresses(name: string): readonly string[] | undefined {
    const { known } = this;
    return name === known.name && known.addresses.length > 0
      ? byReachability(known.addresses)
      : this.found.get(name);
  }

  private connect(
    url: URL,
    address: string,
    untilMs: number,
    addressesLeft: number,
    leave: () => void,
  ): Promise<Link> {
    const { guard, trust, labTrust, persona } = this.context;
    this.cancellation.throwIfCancelled();
    const decision = guard.check(address, portOf(url));
    if (!decision.allowed) throw new FetchFailure('ERROR', 'connect', `Refused: ${decision.reason}`);
    const { deadline } = this;
    const elapsedMs = deadline.elapsedMs();
    if (elapsedMs >= untilMs)
      throw new FetchFailure('TIMEOUT', 'connect', 'The deadline passed before the connection');
    const connectedMs = elapsedMs + (persona.connectTimeoutMs ?? Number.POSITIVE_INFINITY);
    const tcpAtMs = Math.min(connectedMs, elapsedMs + (untilMs - elapsedMs) / addressesLeft);
    const isLab = guard.lab !== null && decision.connect === guard.lab.https;
    const tls = tlsFor(url, bareHost(url), this.context, isLab ? labTrust : trust);
    const tcpLimits = { deadline, atMs: tcpAtMs };
    if (tls === null) return openPlain(decision.connect, tcpLimits, this.cancellation, leave);
    const tlsLimits = { deadline, atMs: Math.min(connectedMs, untilMs) };
    return this.connectSecurely(decision.connect, tls, tcpLimits, tlsLimits, leave);
  }

  private async connectSecurely(
    endpoint: { readonly host: string; readonly port: number },
    target: TlsTarget,
    tcpLimits: StepLimits,
    tlsLimits: StepLimits,
    leave: () => void,
  ): Promise<Link> {
    const startedMs = performance.now();
    const tcp = await openTcp(endpoint, tcpLimits, this.cancellation);
    try {
      const secure = await encrypt(tcp, target, tlsLimits, this.cancellation);
      return linkOver(tcp, secure, performance.now() - startedMs, leave);
    } catch (error) {
      if (error instanceof FetchFailure && error.reason === 'TIMEOUT')
        error.connectMs = performance.now() - startedMs;
      throw error;
    }
  }

  private async findAddresses(url: URL, untilMs: number, hops: HttpHop[]): Promise<readonly string[]> {
    const name = bareHost(url);
    if (isIP(name) !== 0) return [name];
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
      this.found.set(name, addresses);
      return addresses;
    } catch (error) {
      this.cancellation.throwIfCancelled();
      const rcode = error instanceof LookupFailure ? error.rcode : null;
      const failure =
        error instanceof FetchFailure
          ? error
          : new FetchFailure(rcode === 'TIMEOUT' ? 'TIMEOUT' : 'ERROR', 'resolve', messageOf(error));
      const elapsedMs = Math.round(performance.now() - startedMs);
      hops.push(hopWithoutAddress(url.href, failure, elapsedMs, rcode === 'ERROR'));
      throw failure;
    }
  }
}

/** IPv4 first: many machines have no IPv6 route, and a refused try costs time of the one deadline. */
const byReachability = (addresses: readonly string[]): readonly string[] =>
  addresses.length === 1
    ? addresses
    : [
        ...addresses.filter((address) => !address.includes(':')),
        ...addresses.filter((address) => address.includes(':')),
      ];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
