import type { DnsAnswer, DnsQuestion, DnsResolver, DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import type { RecordType } from '@domainflow/domain/persona/dns-persona.ts';
import { openUpstreams } from './open-upstreams.ts';
import type { PoolOptions } from './pool-options.ts';
import type { PoolStats } from './pool-stats.ts';
import { PoolTicker } from './pool-ticker.ts';
import { QueryOutcomes } from './query-outcomes.ts';
import { QueryPackets } from './query-packets.ts';
import { RecoveryProbes } from './recovery-probes.ts';
import { ResolverChoice } from './resolver-choice.ts';
import { RetryQueue } from './retry-queue.ts';
import { SingleQueries } from './single-queries.ts';
import { NONE, SETTLED, SlotTable } from './slot-table.ts';
import { type DrawnFrom, SourceTurns } from './source-turns.ts';
import { Upstream } from './upstream.ts';
import { upstreamStats } from './upstream-stats.ts';

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
  readonly #upstreams: Upstream<DrawnFrom>[];
  readonly #choice: ResolverChoice<DrawnFrom>;
  readonly #sources = new SourceTurns();
  readonly #singles = new SingleQueries();
  readonly #probes: RecoveryProbes;
  readonly #retries: RetryQueue<DrawnFrom>;
  readonly #outcomes: QueryOutcomes;
  readonly #ticker = new PoolTicker((nowMs, isStalled) => this.#tick(nowMs, isStalled));
  /** Over a connection nobody can forge, and nothing is gained. */
  readonly #isCaseRandom: boolean;
  readonly #counts = { questions: 0, answers: 0, queries: 0, socketErrors: 0 };
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
    const { ednsBufferBytes, transport, timeoutMs, strategy } = persona;
    this.#retries = new RetryQueue(this.#slots, timeoutMs);
    this.#packets = new QueryPackets(this.#slots, { ednsBufferBytes, recursionDesired });
    this.#isCaseRandom = persona.randomizeCase && transport === 'udp';
    this.#upstreams = targets.map((target, index) => new Upstream(index, target, this.#slots, timeoutMs));
    this.#choice = new ResolverChoice(this.#upstreams, this.#slots, strategy);
    this.#probes = new RecoveryProbes({
      ask: (upstream, owner, question) => this.#probe(upstream, owner, question),
      open: (upstream) => this.#openLanes(upstream),
    });
    this.#outcomes = new QueryOutcomes({
      options,
      slots: this.#slots,
      packets: this.#packets,
      upstreams: this.#upstreams,
      choice: this.#choice,
      retries: this.#retries,
      probes: this.#probes,
      onAnswer: (drawnFrom, question, answer) => {
        this.#counts.answers += 1;
        this.#sources.answered(drawnFrom, question, answer);
      },
      onRoom: () => this.#pumpSoon(),
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
      ...this.#outcomes.counts,
      ...this.#outcomes.reader.counts,
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
      onMessage: this.#outcomes.received.bind(this.#outcomes),
      onLost: this.#outcomes.lost.bind(this.#outcomes),
      onError: () => void (this.#counts.socketErrors += 1),
    });
    // It may have taken longer than its pool was wanted.
    if (this.#isClosed) await upstream.close();
  }

  #tick(now: number, isStalled: boolean): void {
    for (const upstream of this.#upstreams) {
      if (!isStalled) {
        upstream.expire(now, this.#options.persona.timeoutMs, this.#outcomes.expiry);
        upstream.window.adapt(now);
        upstream.health.watch(upstream.window.isDown, now);
      }
      upstream.pace(now);
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
        this.#outcomes.finish(slot, this.#slots.failure[slot] as DnsAnswer);
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
    else this.#outcomes.finish(slot, this.#outcomes.attempts.withoutReply('ERROR', slot));
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
    if (!upstream.health.speaksEdns) this.#packets.dropEdns(slot);
    if (this.#isCaseRandom) this.#packets.setCase(slot, upstream.health.keepsCase);
    upstream.send(slot, nowMs);
  }

  /** Forgets all that is under way for one source. */
  #abandon(drawnFrom: DrawnFrom): void {
    const { owner, capacity } = this.#slots;
    const isOthers = (slot: number): boolean => owner[slot] !== drawnFrom;
    this.#retries.retain(isOthers);
    this.#outcomes.retain(isOthers);
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
