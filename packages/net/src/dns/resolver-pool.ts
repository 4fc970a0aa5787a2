import type { DnsAnswer, DnsQuestion, DnsResolver, DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { DnsPersona, RecordType } from '@domainflow/domain/persona/dns-persona.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import type { PoolStats } from './pool-stats.ts';
import { ResolverChoice } from './resolver-choice.ts';
import { SingleQueries } from './single-queries.ts';
import {
  IN_FLIGHT,
  LATE,
  NONE,
  OVER_TCP,
  PACKET_STRIDE,
  QUEUED,
  SlotQueue,
  SlotTable,
} from './slot-table.ts';
import { type DrawnFrom, SourceTurns } from './source-turns.ts';
import { TcpFallback, type TcpQuestion } from './tcp-fallback.ts';
import type { UdpLane } from './udp-lane.ts';
import { Upstream } from './upstream.ts';
import { FORMERR, NOERROR, NOTIMP, NXDOMAIN, rcodeName, TYPE_NUMBER } from './wire/codes.ts';
import { dropEdns, HEADER_LENGTH, OPT_LENGTH, writeQuery } from './wire/encode-query.ts';
import { parseReply, questionMatches, type Reply } from './wire/parse-reply.ts';

/** Questions under way in one pool; more than the windows of a fast resolver add up to. */
const SLOTS = 16_384;
const TICK_MS = 10;
/** A tick that comes this much later says that this process stood still, and that replies wait unread. */
const STALL_MS = 60;
const GRACE_TICKS = 3;
/** Sockets for all resolvers of a pool: each has its own receive buffer and its own port. */
const LANES = 16;
/** Before the same resolver is asked again after an error code: it has most likely cached the failure. */
const SAME_RESOLVER_PAUSE_MS = 200;

const withoutReply = (rcode: 'ERROR' | 'TIMEOUT', attempts: number): DnsAnswer => {
  return { rcode, records: [], resolver: null, attempts, rttMs: null, transport: 'udp' };
};

/**
 * The resolvers of one persona with all that is under way at them. It draws questions whenever a window has room, and
 * does the work of each query on columns of `SlotTable`: no promise, timer or closure per query.
 */
export class ResolverPool implements DnsResolver {
  readonly #persona: DnsPersona;
  readonly #slots = new SlotTable<DrawnFrom>(SLOTS);
  readonly #upstreams: Upstream<DrawnFrom>[];
  readonly #choice: ResolverChoice<DrawnFrom>;
  readonly #sources = new SourceTurns();
  readonly #singles = new SingleQueries();
  readonly #retries = new SlotQueue(SLOTS);
  readonly #pausing = new SlotQueue(SLOTS);
  readonly #tcp: TcpFallback;
  readonly #onTimeout = (slot: number): void => this.#timedOut(slot);
  readonly #counts = { questions: 0, answers: 0, queries: 0, timeouts: 0, unexpected: 0, forged: 0 };
  readonly #rareCounts = { malformed: 0, truncated: 0, socketErrors: 0 };
  #opening: Promise<void> | null = null;
  #ticker: ReturnType<typeof setInterval> | null = null;
  #lastTickMs = 0;
  #grace = 0;
  #isPumping = false;
  #isPumpDue = false;
  readonly #pumpNow = (): void => {
    this.#isPumpDue = false;
    this.#pump(performance.now());
  };
  #isClosed = false;
  lastUsedMs = performance.now();

  constructor(persona: DnsPersona, endpoints: readonly Endpoint[]) {
    this.#persona = persona;
    const now = performance.now();
    this.#upstreams = endpoints.map(
      (endpoint, index) => new Upstream(index, endpoint, this.#slots, persona, now),
    );
    this.#choice = new ResolverChoice(this.#upstreams, this.#slots, persona.strategy);
    this.#tcp = new TcpFallback({
      capacity: SLOTS,
      timeoutMs: persona.timeoutMs,
      questionOf: (slot) => this.#tcpQuestion(slot),
      onReply: (slot, message, rttMs) => this.#repliedOverTcp(slot, message, rttMs),
    });
  }

  async query(name: string, type: RecordType, signal: AbortSignal): Promise<DnsAnswer> {
    signal.throwIfAborted();
    await this.#open();
    signal.throwIfAborted();
    const answer = this.#singles.ask(name, type, signal);
    this.#sources.keep(this.#singles);
    this.#start();
    return answer;
  }

  async run<Question extends DnsQuestion>(source: DnsSource<Question>, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await this.#open();
    if (signal.aborted || this.#isClosed) return;
    const { drawnFrom, ended } = this.#sources.add(source);
    const onAbort = (): void => this.#abandon(drawnFrom);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#start();
    await ended.finally(() => signal.removeEventListener('abort', onAbort));
  }

  get isIdle(): boolean {
    return this.#slots.used === 0 && this.#sources.isEmpty;
  }

  stats(): PoolStats {
    return {
      ...this.#counts,
      ...this.#rareCounts,
      inUse: this.#slots.used,
      resolvers: this.#upstreams.map(({ label, window, isDown }) => {
        return { resolver: label, window: window.size, inFlight: window.inFlight, isDown };
      }),
    };
  }

  /** Drops all that is under way (runs end, single queries reject) and closes the sockets. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening?.catch(() => undefined);
    for (const drawnFrom of this.#sources.all()) this.#abandon(drawnFrom);
    this.#singles.rejectAll(new Error('The resolver was closed.'));
    this.#stopTicking();
    await Promise.all(this.#upstreams.map((upstream) => upstream.close()));
  }

  #open(): Promise<void> {
    this.lastUsedMs = performance.now();
    if (this.#isClosed) return Promise.reject(new Error('The resolver is closed.'));
    this.#opening ??= this.#openLanes().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #openLanes(): Promise<void> {
    const count = Math.max(2, Math.min(8, Math.floor(LANES / this.#upstreams.length)));
    const handlers = {
      onMessage: this.#received.bind(this),
      onError: (): void => {
        this.#rareCounts.socketErrors += 1;
      },
    };
    const opening = this.#upstreams.map((upstream) => upstream.open(count, handlers));
    const failures = (await Promise.allSettled(opening)).flatMap((one) =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    // One that cannot be reached from here, such as over IPv6, leaves the others.
    if (failures.length < opening.length) return;
    throw new DomainFlowError(
      'UNAVAILABLE',
      `No resolver can be reached: ${failures.map(String).join('; ')}.`,
      {
        field: 'resolvers',
      },
    );
  }

  #start(): void {
    if (this.#ticker === null) {
      this.#lastTickMs = performance.now();
      this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    }
    this.#pump(performance.now());
  }

  #stopTicking(): void {
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#ticker = null;
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#lastTickMs > STALL_MS) this.#grace = GRACE_TICKS;
    this.#lastTickMs = now;
    for (const upstream of this.#upstreams) {
      if (this.#grace === 0) {
        upstream.expire(now, this.#persona.timeoutMs, this.#onTimeout);
        upstream.window.adapt(now);
      }
      upstream.rate.refill(now);
    }
    if (this.#grace > 0) this.#grace -= 1;
    this.#endPauses(now);
    this.#pump(now);
    this.lastUsedMs = now;
    if (this.isIdle) this.#stopTicking();
  }

  /**
   * Sends once all replies that wait have been read. Bursts let the server read and answer several at a time, which
   * costs it (and the kernel) a quarter less than taking turns does.
   */
  #pumpSoon(): void {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    setImmediate(this.#pumpNow);
  }

  /** Sends retries, then new questions, as long as there is room. */
  #pump(nowMs: number): void {
    if (this.#isPumping || this.#isClosed) return;
    this.#isPumping = true;
    for (let slot = this.#retries.peek(); slot !== NONE; slot = this.#retries.peek()) {
      const upstream = this.#choice.forRetry(slot, nowMs);
      if (upstream === null) break;
      this.#retries.shift();
      this.#send(slot, upstream, nowMs);
    }
    while (!this.#slots.isFull) {
      const upstream = this.#choice.forNew();
      if (upstream === null) break;
      const drawnFrom = this.#sources.draw();
      if (drawnFrom === null) break;
      this.#ask(drawnFrom, upstream, nowMs);
    }
    this.#isPumping = false;
  }

  #ask(drawnFrom: DrawnFrom, upstream: Upstream<DrawnFrom>, nowMs: number): void {
    const question = drawnFrom.drawn as DnsQuestion;
    const slots = this.#slots;
    const slot = slots.take(question, drawnFrom);
    this.#counts.questions += 1;
    let length: number;
    try {
      length = writeQuery(slots.packets, slot * PACKET_STRIDE, question.name, TYPE_NUMBER[question.type]);
    } catch {
      this.#finish(slot, withoutReply('ERROR', 0));
      return;
    }
    slots.packetLength[slot] = length;
    slots.questionLength[slot] = length - HEADER_LENGTH - OPT_LENGTH;
    this.#send(slot, upstream, nowMs);
  }

  #send(slot: number, upstream: Upstream<DrawnFrom>, nowMs: number): void {
    this.#slots.attempts[slot] = (this.#slots.attempts[slot] as number) + 1;
    this.#choice.markTried(slot, upstream.index);
    this.#counts.queries += 1;
    upstream.send(slot, nowMs);
  }

  #received(upstream: Upstream<DrawnFrom>, lane: UdpLane, message: Uint8Array): void {
    if (message.length < HEADER_LENGTH) {
      this.#rareCounts.malformed += 1;
      return;
    }
    const slots = this.#slots;
    const slot = lane.slotOf(((message[0] as number) << 8) | (message[1] as number));
    if (slot === NONE) {
      this.#counts.unexpected += 1;
      return;
    }
    const questionLength = slots.questionLength[slot] as number;
    if (!questionMatches(message, slots.packets, slot * PACKET_STRIDE, questionLength)) {
      this.#counts.forged += 1;
      return;
    }
    const reply = this.#parse(message, questionLength);
    if (reply === null) return;
    const now = performance.now();
    const rttMs = now - (slots.sentAtMs[slot] as number);
    upstream.window.replied(rttMs, upstream.detach(slot), slots.isTelling[slot] === 1);
    if (reply.truncated) {
      this.#rareCounts.truncated += 1;
      slots.state[slot] = OVER_TCP;
      this.#tcp.ask(slot);
    } else {
      this.#replied(slot, upstream, reply, rttMs, 'udp');
    }
    this.#pumpSoon();
  }

  #parse(message: Uint8Array, questionLength: number): Reply | null {
    try {
      return parseReply(message, questionLength);
    } catch {
      this.#rareCounts.malformed += 1;
      return null;
    }
  }

  #replied(
    slot: number,
    upstream: Upstream<DrawnFrom>,
    { rcode, records }: Reply,
    rttMs: number,
    transport: 'udp' | 'tcp',
  ): void {
    const answer: DnsAnswer = {
      rcode: rcodeName(rcode),
      records,
      resolver: upstream.label,
      attempts: this.#slots.attempts[slot] as number,
      rttMs: Math.round(rttMs * 10) / 10,
      transport,
    };
    if (rcode === NOERROR || rcode === NXDOMAIN) {
      this.#finish(slot, answer);
      return;
    }
    if (rcode === FORMERR || rcode === NOTIMP) {
      const length = this.#slots.packetLength[slot] as number;
      this.#slots.packetLength[slot] = dropEdns(this.#slots.packets, slot * PACKET_STRIDE, length);
    }
    this.#slots.failure[slot] = answer;
    this.#retry(slot);
  }

  #timedOut(slot: number): void {
    this.#counts.timeouts += 1;
    this.#slots.isTelling[slot] = 0;
    this.#retry(slot);
  }

  #retry(slot: number): void {
    const slots = this.#slots;
    const attempts = slots.attempts[slot] as number;
    const failure = slots.failure[slot] ?? null;
    const most = slots.question[slot]?.isDoubtful === true ? 1 : this.#persona.attempts;
    if (attempts >= most) {
      this.#finish(slot, failure === null ? withoutReply('TIMEOUT', attempts) : { ...failure, attempts });
      return;
    }
    slots.state[slot] = QUEUED;
    slots.sentAtMs[slot] = performance.now();
    const isPausing = failure !== null && !this.#choice.hasUntried(slot);
    (isPausing ? this.#pausing : this.#retries).push(slot);
  }

  #endPauses(nowMs: number): void {
    for (let slot = this.#pausing.peek(); slot !== NONE; slot = this.#pausing.peek()) {
      if (nowMs - (this.#slots.sentAtMs[slot] as number) < SAME_RESOLVER_PAUSE_MS) break;
      this.#pausing.shift();
      this.#retries.push(slot);
    }
  }

  #finish(slot: number, answer: DnsAnswer): void {
    // A slot in use has both.
    const drawnFrom = this.#slots.owner[slot] as DrawnFrom;
    const question = this.#slots.question[slot] as DnsQuestion;
    this.#slots.release(slot);
    this.#counts.answers += 1;
    this.#sources.answered(drawnFrom, question, answer);
  }

  #tcpQuestion(slot: number): TcpQuestion {
    const { packets, packetLength, questionLength, upstream } = this.#slots;
    const offset = slot * PACKET_STRIDE;
    return {
      to: (this.#upstreams[upstream[slot] as number] as Upstream<DrawnFrom>).endpoint,
      query: Buffer.from(packets.subarray(offset, offset + (packetLength[slot] as number))),
      questionLength: questionLength[slot] as number,
    };
  }

  #repliedOverTcp(slot: number, message: Uint8Array | null, rttMs: number): void {
    const { upstream, questionLength } = this.#slots;
    const reply = message === null ? null : this.#parse(message, questionLength[slot] as number);
    if (reply === null || reply.truncated) this.#timedOut(slot);
    else
      this.#replied(
        slot,
        this.#upstreams[upstream[slot] as number] as Upstream<DrawnFrom>,
        reply,
        rttMs,
        'tcp',
      );
    this.#pump(performance.now());
  }

  /** Forgets all that is under way for one source. */
  #abandon(drawnFrom: DrawnFrom): void {
    const { owner, state, capacity, upstream } = this.#slots;
    const isOthers = (slot: number): boolean => owner[slot] !== drawnFrom;
    this.#retries.retain(isOthers);
    this.#pausing.retain(isOthers);
    this.#tcp.retain(isOthers);
    for (let slot = 0; slot < capacity; slot += 1) {
      if (isOthers(slot)) continue;
      if (state[slot] === IN_FLIGHT || state[slot] === LATE) {
        const at = this.#upstreams[upstream[slot] as number] as Upstream<DrawnFrom>;
        at.window.dropped(at.detach(slot));
      }
      this.#slots.release(slot);
    }
    this.#sources.remove(drawnFrom);
    this.#pump(performance.now());
  }
}
