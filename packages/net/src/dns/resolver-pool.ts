import type { DnsAnswer, DnsQuestion, DnsResolver, DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import type { RecordType } from '@domainflow/domain/persona/dns-persona.ts';
import type { Transport } from '@domainflow/domain/persona/resolver-address.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import { AliasChains } from './alias-chains.ts';
import { Attempts } from './attempts.ts';
import { EarlyRepeats } from './early-repeats.ts';
import { openUpstreams } from './open-upstreams.ts';
import { referralOf } from './pool-answers.ts';
import type { PoolOptions } from './pool-options.ts';
import type { PoolStats } from './pool-stats.ts';
import { PoolTicker } from './pool-ticker.ts';
import { QueryPackets } from './query-packets.ts';
import { RecoveryProbes } from './recovery-probes.ts';
import { ReplyReader } from './reply-reader.ts';
import { ResolverChoice } from './resolver-choice.ts';
import { RetryQueue } from './retry-queue.ts';
import { SingleQueries } from './single-queries.ts';
import { FREE, NONE, OVER_TCP, QUEUED, SETTLED, SlotTable } from './slot-table.ts';
import { type DrawnFrom, SourceTurns } from './source-turns.ts';
import type { Straggler } from './stragglers.ts';
import { TcpFallback, type TcpQuestion } from './tcp-fallback.ts';
import { type Expiry, Upstream } from './upstream.ts';
import { upstreamStats } from './upstream-stats.ts';
import { FORMERR, NOTIMP } from './wire/codes.ts';
import type { Reply } from './wire/parse-reply.ts';
import { uint16 } from './wire/uint16.ts';

/** New questions in one go, a few milliseconds of work: others of this process want their turn. */
const MOST_AT_ONCE = 512;
/** Resolvers that are put aside are probed for so long after the last question: their state is shown. */
const WATCHED_MS = 60_000;

/**
 * The resolvers of one persona with all that is under way at them. It draws questions whenever a window has room, and
 * does the work of each query on columns of `SlotTable`: no promise, timer or closure per query.
 */
export class ResolverPool implements DnsResolver {
  readonly #options: PoolOptions;
  readonly #slots: SlotTable<DrawnFrom>;
  readonly #packets: QueryPackets<DrawnFrom>;
  readonly #aliases: AliasChains<DrawnFrom>;
  readonly #upstreams: Upstream<DrawnFrom>[];
  readonly #choice: ResolverChoice<DrawnFrom>;
  readonly #sources = new SourceTurns();
  readonly #singles = new SingleQueries();
  readonly #attempts: Attempts<DrawnFrom>;
  readonly #probes: RecoveryProbes;
  readonly #retries: RetryQueue<DrawnFrom>;
  readonly #tcp: TcpFallback;
  readonly #ticker = new PoolTicker((nowMs, isStalled) => this.#tick(nowMs, isStalled));
  /** Over a connection nobody can forge, and nothing is gained. */
  readonly #isCaseRandom: boolean;
  readonly #reader: ReplyReader<DrawnFrom>;
  readonly #repeats: EarlyRepeats<DrawnFrom>;
  readonly #expiry: Expiry = {
    onLate: (slot) => this.#becameLate(slot),
    onTimeout: (slot) => this.#timedOut(slot),
  };
  readonly #counts = { questions: 0, answers: 0, queries: 0, unexpected: 0 };
  readonly #rareCounts = { truncated: 0, socketErrors: 0 };
  #opening: Promise<void> | null = null;
  #isPumping = false;
  #isPumpDue = false;
  readonly #pumpNow = (): void => {
    this.#isPumpDue = false;
    this.#pump(performance.now());
  };
  #isClosed = false;
  lastUsedMs = performance.now();

  constructor(options: PoolOptions) {
    const { persona, targets, slots, recursionDesired } = options;
    this.#options = options;
    this.#slots = new SlotTable<DrawnFrom>(slots);
    this.#retries = new RetryQueue(this.#slots);
    const { ednsBufferBytes, transport, timeoutMs } = persona;
    this.#packets = new QueryPackets(this.#slots, { ednsBufferBytes, recursionDesired });
    this.#aliases = new AliasChains(this.#slots, this.#packets, this.#retries);
    this.#isCaseRandom = persona.randomizeCase && transport === 'udp';
    const reading = { recursionDesired, isCaseRandom: this.#isCaseRandom };
    this.#reader = new ReplyReader(this.#slots, this.#packets, reading);
    // The letters of a question change each time it is asked.
    this.#repeats = new EarlyRepeats(this.#slots, transport === 'udp' && !persona.randomizeCase);
    this.#upstreams = targets.map((target, index) => new Upstream(index, target, this.#slots, timeoutMs));
    this.#choice = new ResolverChoice(this.#upstreams, this.#slots, persona.strategy);
    const all = { slots: this.#slots, upstreams: this.#upstreams, choice: this.#choice, persona };
    this.#attempts = new Attempts(all);
    this.#probes = new RecoveryProbes({
      ask: (upstream, owner, question) => this.#probe(upstream, owner, question),
      open: (upstream) => this.#openLanes(upstream),
    });
    this.#tcp = new TcpFallback({
      capacity: slots,
      timeoutMs,
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
    this.#ticker.start();
    this.#pumpSoon();
    return answer;
  }

  async run<Question extends DnsQuestion>(source: DnsSource<Question>, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await this.#open();
    if (signal.aborted || this.#isClosed) return;
    const { drawnFrom, ended } = this.#sources.add(source);
    const onAbort = (): void => this.#abandon(drawnFrom);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#ticker.start();
    this.#pumpSoon();
    await ended.finally(() => signal.removeEventListener('abort', onAbort));
  }

  get isIdle(): boolean {
    return this.#slots.used === 0 && this.#sources.isEmpty;
  }

  slowDown(resolver: string): void {
    const now = performance.now();
    for (const { label, rate } of this.#upstreams) if (label === resolver) rate.brake(now);
  }

  stats(): PoolStats {
    return {
      transport: this.#options.persona.transport,
      ...this.#counts,
      ...this.#rareCounts,
      ...this.#reader.counts,
      timeouts: this.#upstreams.reduce((sum, { health }) => sum + health.timeouts, 0),
      inUse: this.#slots.used,
      resolvers: this.#upstreams.map(upstreamStats),
    };
  }

  /** Drops all that is under way (runs end, single queries reject) and closes the sockets. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening?.catch(() => undefined);
    for (const drawnFrom of this.#sources.all()) this.#abandon(drawnFrom);
    this.#singles.rejectAll(new Error('The resolver was closed.'));
    this.#ticker.stop();
    await Promise.all(this.#upstreams.map((upstream) => upstream.close()));
  }

  #open(): Promise<void> {
    this.lastUsedMs = performance.now();
    if (this.#isClosed) return Promise.reject(new Error('The resolver is closed.'));
    this.#opening ??= openUpstreams(this.#upstreams, (upstream) => this.#openLanes(upstream))
      .catch((error: unknown) => {
        this.#opening = null;
        throw error;
      })
      .finally(() => this.#choice.refresh());
    return this.#opening;
  }

  async #openLanes(upstream: Upstream<DrawnFrom>): Promise<void> {
    await upstream.open(this.#options.lanes, {
      onMessage: this.#received.bind(this),
      onLost: this.#lost.bind(this),
      onError: () => void (this.#rareCounts.socketErrors += 1),
    });
    // It may have taken longer than its pool was wanted.
    if (this.#isClosed) await upstream.close();
  }

  #tick(now: number, isStalled: boolean): void {
    for (const upstream of this.#upstreams) {
      if (!isStalled) {
        upstream.expire(now, this.#options.persona.timeoutMs, this.#expiry);
        upstream.window.adapt(now);
        upstream.health.watch(upstream.window.isDown, now);
      }
      upstream.rate.refill(now);
    }
    this.#choice.refresh();
    this.#probes.send(this.#upstreams, this.#choice.hasHealthy, now);
    this.#retries.endPauses(now);
    this.#pump(now);
    if (!this.#sources.isEmpty) this.lastUsedMs = now;
    if (this.isIdle && (!this.#choice.hasPutAside || now - this.lastUsedMs > WATCHED_MS)) this.#ticker.stop();
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
      if (this.#slots.state[slot] === SETTLED) {
        this.#retries.shift();
        // It has been settled with that.
        this.#finish(slot, this.#slots.failure[slot] as DnsAnswer);
        continue;
      }
      const upstream = this.#choice.forRetry(slot, nowMs);
      if (upstream === null) break;
      this.#retries.shift();
      this.#send(slot, upstream, nowMs);
    }
    for (let left = MOST_AT_ONCE; !this.#slots.isFull; left -= 1) {
      if (left === 0) {
        this.#pumpSoon();
        break;
      }
      const upstream = this.#choice.forNew(nowMs);
      if (upstream === null) break;
      const drawnFrom = this.#sources.draw();
      if (drawnFrom === null) break;
      this.#choice.took(upstream);
      this.#ask(drawnFrom, upstream, nowMs);
    }
    this.#isPumping = false;
  }

  #ask(drawnFrom: DrawnFrom, upstream: Upstream<DrawnFrom>, nowMs: number): void {
    const question = drawnFrom.drawn as DnsQuestion;
    const slots = this.#slots;
    const slot = slots.take(question, drawnFrom);
    this.#counts.questions += 1;
    if (this.#packets.write(slot, question)) this.#send(slot, upstream, nowMs);
    else this.#finish(slot, this.#attempts.withoutReply('ERROR', slot));
  }

  #probe(upstream: Upstream<DrawnFrom>, owner: DrawnFrom, question: DnsQuestion): void {
    if (this.#slots.isFull || this.#isClosed) return;
    const slot = this.#slots.take(question, owner);
    this.#counts.questions += 1;
    if (this.#packets.write(slot, question)) this.#send(slot, upstream, performance.now());
  }

  #send(slot: number, upstream: Upstream<DrawnFrom>, nowMs: number): void {
    this.#slots.attempts[slot] = (this.#slots.attempts[slot] as number) + 1;
    this.#choice.markTried(slot, upstream.index);
    this.#counts.queries += 1;
    if (this.#isCaseRandom) this.#packets.setCase(slot, upstream.health.keepsCase);
    upstream.send(slot, nowMs);
  }

  #received(upstream: Upstream<DrawnFrom>, slot: number, message: Uint8Array): void {
    if (!this.#reader.isMessage(message)) return;
    if (slot === NONE) {
      this.#counts.unexpected += 1;
      return;
    }
    const straggler = upstream.stragglers.isEmpty ? null : upstream.stragglers.find(slot, uint16(message, 0));
    if (straggler !== null) {
      this.#straggled(upstream, straggler, message);
      return;
    }
    const reply = this.#reader.read(slot, message);
    if (reply === null) return;
    const now = performance.now();
    const rttMs = now - (this.#slots.sentAtMs[slot] as number);
    const isBelieved = this.#reader.keepsCase(slot, message, upstream);
    this.#repeats.saw(slot, true);
    upstream.window.replied(rttMs, upstream.detach(slot), this.#slots.isTelling[slot] === 1);
    upstream.health.replied(reply.rcode, rttMs, now, this.#slots.failure[slot] === null);
    if (reply.truncated || !isBelieved) {
      if (isBelieved) this.#rareCounts.truncated += 1;
      this.#askOverTcp(slot, upstream);
    } else {
      this.#replied(slot, upstream, reply, message, rttMs, this.#options.persona.transport);
    }
    this.#pumpSoon();
  }

  /** The query was late, has been sent again, and is replied to now. Only what ends the question is of use. */
  #straggled(upstream: Upstream<DrawnFrom>, straggler: Straggler, message: Uint8Array): void {
    const { slot } = straggler;
    const { state, question, failure } = this.#slots;
    const isOpen = question[slot] === straggler.question && state[slot] !== FREE && state[slot] !== SETTLED;
    // Another question, or the same one further down its aliases, is in the slot.
    if (!isOpen || !this.#packets.isAnswer(slot, message)) {
      this.#counts.unexpected += 1;
      return;
    }
    const reply = this.#reader.read(slot, message);
    if (reply === null) return;
    const now = performance.now();
    const rttMs = now - straggler.sentAtMs;
    upstream.stragglers.remove(straggler);
    this.#repeats.saw(slot, false);
    upstream.window.replied(rttMs, true, straggler.isTelling);
    upstream.health.replied(reply.rcode, rttMs, now, failure[slot] === null);
    if (
      state[slot] === OVER_TCP ||
      reply.truncated ||
      reply.openAlias !== null ||
      !this.#reader.isFinal(reply)
    )
      return;
    const answer = this.#reader.answer(slot, upstream, reply, rttMs, 'udp');
    if (state[slot] === QUEUED) {
      state[slot] = SETTLED;
      failure[slot] = answer;
    } else {
      const holder = this.#upstreams.find((other) => other.holds(slot));
      holder?.window.dropped(holder.detach(slot));
      this.#decided(slot, upstream, answer, message);
    }
    this.#pumpSoon();
  }

  #replied(
    slot: number,
    upstream: Upstream<DrawnFrom>,
    reply: Reply,
    message: Uint8Array,
    rttMs: number,
    transport: Transport,
  ): void {
    const answer = this.#reader.answer(slot, upstream, reply, rttMs, transport);
    if (this.#reader.isFinal(reply)) {
      if (reply.openAlias !== null && this.#options.recursionDesired) {
        const end = this.#aliases.follow(slot, reply.openAlias, answer);
        if (end !== null) this.#finish(slot, end);
      } else {
        this.#decided(slot, upstream, answer, message);
      }
      return;
    }
    const { rcode } = reply;
    if (rcode === FORMERR || rcode === NOTIMP) this.#packets.dropEdns(slot);
    const isReferral = reply.isReferral && this.#options.recursionDesired;
    const questionLength = this.#slots.questionLength[slot] as number;
    this.#slots.failure[slot] = isReferral ? referralOf(answer, message, questionLength) : answer;
    this.#retry(slot, false);
  }

  #decided(slot: number, upstream: Upstream<DrawnFrom>, answer: DnsAnswer, message: Uint8Array): void {
    // A slot in use has a question.
    const question = this.#slots.question[slot] as DnsQuestion;
    if (this.#probes.isWaiting && upstream.health.ejection === null) this.#probes.learn(question, answer);
    this.#options.onFinal?.(question, message, this.#slots.questionLength[slot] as number);
    this.#finish(slot, answer);
  }

  #becameLate(slot: number): void {
    if (!this.#repeats.take(slot, this.#attempts.most(slot))) return;
    const upstream = this.#upstreams[this.#slots.upstream[slot] as number] as Upstream<DrawnFrom>;
    upstream.leaveBehind(slot);
    this.#slots.isTelling[slot] = 0;
    this.#retry(slot, false);
  }

  #timedOut(slot: number): void {
    const { isTelling, upstream, sentAtMs } = this.#slots;
    this.#repeats.saw(slot, false);
    const { health } = this.#upstreams[upstream[slot] as number] as Upstream<DrawnFrom>;
    health.timedOut(isTelling[slot] === 1, sentAtMs[slot] as number, performance.now());
    isTelling[slot] = 0;
    this.#retry(slot, false);
  }

  /** The connection under a query ended. */
  #lost(upstream: Upstream<DrawnFrom>, slot: number, problem: string | null, isFree: boolean): void {
    if (!upstream.holds(slot)) return;
    const now = performance.now();
    upstream.window.dropped(upstream.detach(slot));
    if (isFree) this.#slots.attempts[slot] = (this.#slots.attempts[slot] as number) - 1;
    else upstream.health.lostOne(problem, now);
    this.#retry(slot, !isFree);
    this.#pumpSoon();
  }

  /** `isHasty`: the attempt ended at once, so that the next one at the same resolver should not follow at once. */
  #retry(slot: number, isHasty: boolean): void {
    const slots = this.#slots;
    const lastWord = this.#attempts.lastWord(slot);
    if (lastWord !== null) {
      this.#finish(slot, lastWord);
      return;
    }
    slots.state[slot] = QUEUED;
    slots.sentAtMs[slot] = performance.now();
    const isPausing = (slots.failure[slot] !== null || isHasty) && !this.#choice.hasUntried(slot);
    this.#retries.push(slot, isPausing);
  }

  #finish(slot: number, answer: DnsAnswer): void {
    // A slot in use has both.
    const drawnFrom = this.#slots.owner[slot] as DrawnFrom;
    const question = this.#slots.question[slot] as DnsQuestion;
    const whole = this.#aliases.whole(slot, answer);
    this.#slots.release(slot);
    this.#counts.answers += 1;
    this.#sources.answered(drawnFrom, question, whole);
  }

  #askOverTcp(slot: number, { target }: Upstream<DrawnFrom>): void {
    if (target.tcp === null) {
      this.#timedOut(slot);
      return;
    }
    this.#slots.state[slot] = OVER_TCP;
    this.#tcp.ask(slot);
  }

  #tcpQuestion(slot: number): TcpQuestion {
    const { target } = this.#upstreams[this.#slots.upstream[slot] as number] as Upstream<DrawnFrom>;
    return {
      // Only slots whose resolver has an address for it are asked over TCP.
      to: target.tcp as Endpoint,
      query: this.#packets.copy(slot),
      questionLength: this.#slots.questionLength[slot] as number,
    };
  }

  #repliedOverTcp(slot: number, message: Uint8Array | null, rttMs: number): void {
    const upstream = this.#upstreams[this.#slots.upstream[slot] as number] as Upstream<DrawnFrom>;
    const reply = message === null ? null : this.#reader.parse(slot, message);
    if (message === null || reply === null || reply.truncated) this.#timedOut(slot);
    else this.#replied(slot, upstream, reply, message, rttMs, 'tcp');
    this.#pumpSoon();
  }

  /** Forgets all that is under way for one source. */
  #abandon(drawnFrom: DrawnFrom): void {
    const { owner, capacity } = this.#slots;
    const isOthers = (slot: number): boolean => owner[slot] !== drawnFrom;
    this.#retries.retain(isOthers);
    this.#tcp.retain(isOthers);
    for (let slot = 0; slot < capacity; slot += 1) {
      if (isOthers(slot)) continue;
      const holder = this.#upstreams.find((upstream) => upstream.holds(slot));
      holder?.window.dropped(holder.detach(slot));
      this.#slots.release(slot);
    }
    this.#sources.remove(drawnFrom);
    this.#pump(performance.now());
  }
}
