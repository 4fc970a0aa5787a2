import type { DnsAnswer, DnsQuestion, ServerAnswer } from '@domainflow/domain/dns/dns-port.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { Guard } from '../guard/guard.ts';
import { formatEndpoint, parseResolverAddress } from './resolver-address.ts';
import { ResolverPool } from './resolver-pool.ts';
import { UdpLane } from './udp-lane.ts';
import { parseReferral, type Referral } from './wire/parse-referral.ts';

/** Servers that are remembered, with their windows and their sockets. */
const SERVERS_KEPT = 64;
const SLOTS = 512;
const LANES = 2;
/** The time is for both. */
const ATTEMPTS = 2;
const EDNS_BUFFER_BYTES = 1_232;

const NOTHING: Referral = { isAuthoritative: false, referral: [] };

/** Authoritative servers, each with a small pool of its own: many questions at once, within what it answers. */
export class AuthoritativeServers {
  readonly #guard: Guard;
  readonly #pools = new Map<string, ResolverPool>();
  readonly #referrals = new WeakMap<DnsQuestion, Referral>();

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** See `DnsPort.askServer`. */
  async ask(
    address: string,
    question: DnsQuestion,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ServerAnswer> {
    signal.throwIfAborted();
    const asked: DnsQuestion = { ...question };
    let answer: DnsAnswer | null = null;
    let isTaken = false;
    const source = {
      next: (): DnsQuestion | null => {
        if (isTaken) return null;
        isTaken = true;
        return asked;
      },
      answered: (_: DnsQuestion, given: DnsAnswer): void => {
        answer = given;
      },
    };
    await this.#poolOf(address, timeoutMs).run(source, signal);
    signal.throwIfAborted();
    // It ends without an answer only when the port is closed.
    if (answer === null) throw new Error('The resolver was closed.');
    const { rcode, records, rttMs }: DnsAnswer = answer;
    return { rcode, records, rttMs, ...(this.#referrals.get(asked) ?? NOTHING) };
  }

  async close(): Promise<void> {
    const open = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(open.map((pool) => pool.close()));
  }

  #poolOf(address: string, timeoutMs: number): ResolverPool {
    const endpoint = parseResolverAddress(address, 'address');
    const decision = this.#guard.checkResolver(endpoint.host, endpoint.port);
    if (!decision.allowed) {
      throw invalidInput(`The server ${address} may not be asked: ${decision.reason}.`, 'address');
    }
    const label = formatEndpoint(endpoint);
    const key = `${timeoutMs} ${label}`;
    const known = this.#pools.get(key);
    if (known !== undefined) {
      // The one unused for longest goes first: a map keeps the order of insertion.
      this.#pools.delete(key);
      this.#pools.set(key, known);
      return known;
    }
    this.#closeUnused();
    const to = decision.connect;
    const pool = new ResolverPool({
      persona: {
        strategy: 'round_robin',
        transport: 'udp',
        timeoutMs: Math.max(1, Math.floor(timeoutMs / ATTEMPTS)),
        attempts: ATTEMPTS,
        randomizeCase: false,
        ednsBufferBytes: EDNS_BUFFER_BYTES,
      },
      targets: [
        { label, weight: 1, queriesPerSecond: null, tcp: to, openLane: (events) => UdpLane.open(to, events) },
      ],
      recursionDesired: false,
      slots: SLOTS,
      lanes: LANES,
      onFinal: (question, message, questionLength) => {
        this.#referrals.set(question, parseReferral(message, questionLength));
      },
    });
    this.#pools.set(key, pool);
    return pool;
  }

  #closeUnused(): void {
    for (const [key, pool] of this.#pools) {
      if (this.#pools.size < SERVERS_KEPT) return;
      if (!pool.isIdle) continue;
      this.#pools.delete(key);
      void pool.close();
    }
  }
}
