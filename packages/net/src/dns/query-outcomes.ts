import type { DnsAnswer, DnsQuestion } from '@domainflow/domain/dns/dns-port.ts';
import type { Transport } from '@domainflow/domain/persona/resolver-address.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import { AliasChains } from './alias-chains.ts';
import { Attempts } from './attempts.ts';
import { EarlyRepeats } from './early-repeats.ts';
import { referralOf, withoutTcp } from './pool-answers.ts';
import type { PoolOptions } from './pool-options.ts';
import type { QueryPackets } from './query-packets.ts';
import type { RecoveryProbes } from './recovery-probes.ts';
import { ReplyReader } from './reply-reader.ts';
import type { ResolverChoice } from './resolver-choice.ts';
import type { RetryQueue } from './retry-queue.ts';
import { FREE, NONE, OVER_TCP, QUEUED, SETTLED, type SlotTable } from './slot-table.ts';
import type { DrawnFrom } from './source-turns.ts';
import type { Straggler } from './stragglers.ts';
import { TcpFallback, type TcpQuestion } from './tcp-fallback.ts';
import type { Expiry, Upstream } from './upstream.ts';
import { refusesEdns } from './wire/codes.ts';
import type { Reply } from './wire/parse-reply.ts';
import { uint16 } from './wire/uint16.ts';

/** A name that has failed so often at whoever may be asked too fast tells nothing of that any more. */
const HASTY_TOLD = 2;

/** The parts of a pool that what comes back is about. */
interface OutcomesOf {
  readonly options: PoolOptions;
  readonly slots: SlotTable<DrawnFrom>;
  readonly packets: QueryPackets<DrawnFrom>;
  readonly upstreams: readonly Upstream<DrawnFrom>[];
  readonly choice: ResolverChoice<DrawnFrom>;
  readonly retries: RetryQueue<DrawnFrom>;
  readonly probes: RecoveryProbes;
  /** The question has its answer, and its slot is free. */
  readonly onAnswer: (drawnFrom: DrawnFrom, question: DnsQuestion, answer: DnsAnswer) => void;
  /** There may be room for more, or something to be sent again. */
  readonly onRoom: () => void;
}

/**
 * What becomes of the queries of a pool: a reply, silence or a lost connection ends the question, or puts it into the
 * queue of what is sent again.
 */
export class QueryOutcomes {
  readonly counts = { unexpected: 0, truncated: 0 };
  readonly reader: ReplyReader<DrawnFrom>;
  readonly attempts: Attempts<DrawnFrom>;
  readonly expiry: Expiry = {
    onLate: (slot) => this.#becameLate(slot),
    onTimeout: (slot) => this.#timedOut(slot),
  };
  readonly #of: OutcomesOf;
  readonly #slots: SlotTable<DrawnFrom>;
  readonly #aliases: AliasChains<DrawnFrom>;
  readonly #repeats: EarlyRepeats<DrawnFrom>;
  readonly #tcp: TcpFallback;

  constructor(of: OutcomesOf) {
    this.#of = of;
    this.#slots = of.slots;
    const { persona, recursionDesired } = of.options;
    const isUdp = persona.transport === 'udp';
    const isCaseRandom = persona.randomizeCase && isUdp;
    this.reader = new ReplyReader(of.slots, of.packets, { recursionDesired, isCaseRandom });
    const isProbe = (slot: number): boolean => of.probes.owns(of.slots.owner[slot] ?? null);
    this.attempts = new Attempts({ ...of, persona, isProbe });
    this.#aliases = new AliasChains(of.slots, of.packets, of.retries);
    // The letters of a question change each time it is asked.
    this.#repeats = new EarlyRepeats(of.slots, isUdp && !persona.randomizeCase);
    this.#tcp = new TcpFallback({
      capacity: of.slots.capacity,
      timeoutMs: persona.timeoutMs,
      questionOf: (slot) => this.#tcpQuestion(slot),
      onReply: (slot, message, rttMs) => this.#repliedOverTcp(slot, message, rttMs),
    });
  }

  /** A message came over one of the upstream's lanes, for the slot that waits under its id there, if any. */
  received(upstream: Upstream<DrawnFrom>, slot: number, message: Uint8Array): void {
    if (!this.reader.isMessage(message)) return;
    if (slot === NONE) {
      this.counts.unexpected += 1;
      return;
    }
    const straggler = upstream.stragglers.isEmpty ? null : upstream.stragglers.find(slot, uint16(message, 0));
    if (straggler !== null) {
      this.#straggled(upstream, straggler, message);
      return;
    }
    const reply = this.reader.read(slot, message);
    if (reply === null) return;
    const now = performance.now();
    const rttMs = now - (this.#slots.sentAtMs[slot] as number);
    const isBelieved = this.reader.keepsCase(slot, message, upstream);
    this.#repeats.saw(slot, true);
    upstream.window.replied(rttMs, upstream.detach(slot), this.#slots.isTelling[slot] === 1);
    this.#noteHealth(upstream, slot, reply, rttMs, now);
    if (reply.truncated || !isBelieved) {
      if (isBelieved) this.counts.truncated += 1;
      this.#askOverTcp(slot, upstream);
    } else {
      this.#replied(slot, upstream, reply, message, rttMs, this.#of.options.persona.transport);
    }
    this.#of.onRoom();
  }

  /** The connection under a query ended. `isFree`: as in `LaneEvents`. */
  lost(upstream: Upstream<DrawnFrom>, slot: number, problem: string | null, isFree: boolean): void {
    if (!upstream.holds(slot)) return;
    const now = performance.now();
    upstream.window.dropped(upstream.detach(slot));
    if (isFree) this.#slots.attempts[slot] = (this.#slots.attempts[slot] as number) - 1;
    else upstream.health.lostOne(problem, now);
    this.#retry(slot, !isFree);
    this.#of.onRoom();
  }

  /** Ends the slot's question. */
  finish(slot: number, answer: DnsAnswer): void {
    // A slot in use has both.
    const drawnFrom = this.#slots.owner[slot] as DrawnFrom;
    const question = this.#slots.question[slot] as DnsQuestion;
    const whole = this.#aliases.whole(slot, answer);
    this.#slots.release(slot);
    this.#of.onAnswer(drawnFrom, question, whole);
  }

  /** Drops what is under way over TCP of the slots that `isKept` refuses. */
  retain(isKept: (slot: number) => boolean): void {
    this.#tcp.retain(isKept);
  }

  #noteHealth(
    { health, overload }: Upstream<DrawnFrom>,
    slot: number,
    reply: Reply,
    rttMs: number,
    nowMs: number,
  ): void {
    const { rcode } = reply;
    const isDecided = this.reader.isFinal(reply);
    const hasEdns = this.#of.packets.hasEdns(slot);
    const isEdnsRefused = hasEdns && refusesEdns(rcode);
    if (hasEdns && (isDecided || isEdnsRefused)) health.sawEdns(isEdnsRefused);
    const isTelling = this.#slots.isBlamed[slot] === 0 && !isEdnsRefused;
    const isNew = (this.#slots.hasty[slot] as number) < HASTY_TOLD;
    if (!isEdnsRefused) overload.replied(isDecided, isTelling && isNew);
    const isHeld = isTelling && (isDecided || !overload.isInDoubt);
    health.replied({ rcode, rttMs, isDecided, isTelling: isHeld }, nowMs);
  }

  /** The query was late, has been sent again, and is replied to now. Only what ends the question is of use. */
  #straggled(upstream: Upstream<DrawnFrom>, straggler: Straggler, message: Uint8Array): void {
    const { slot } = straggler;
    const { state, question, failure } = this.#slots;
    const isOpen = question[slot] === straggler.question && state[slot] !== FREE && state[slot] !== SETTLED;
    // Another question, or the same one further down its aliases, is in the slot.
    if (!isOpen || !this.#of.packets.isAnswer(slot, message)) {
      this.counts.unexpected += 1;
      return;
    }
    const reply = this.reader.read(slot, message);
    if (reply === null) return;
    const now = performance.now();
    const rttMs = now - straggler.sentAtMs;
    upstream.stragglers.remove(straggler);
    this.#repeats.saw(slot, false);
    upstream.window.replied(rttMs, true, straggler.isTelling);
    this.#noteHealth(upstream, slot, reply, rttMs, now);
    if (
      state[slot] === OVER_TCP ||
      reply.truncated ||
      reply.openAlias !== null ||
      !this.reader.isFinal(reply)
    )
      return;
    const answer = this.reader.answer(slot, upstream, reply, rttMs, 'udp');
    if (state[slot] === QUEUED) {
      state[slot] = SETTLED;
      failure[slot] = answer;
    } else {
      const holder = this.#of.upstreams.find((other) => other.holds(slot));
      holder?.window.dropped(holder.detach(slot));
      this.#decided(slot, upstream, answer, message);
    }
    this.#of.onRoom();
  }

  #replied(
    slot: number,
    upstream: Upstream<DrawnFrom>,
    reply: Reply,
    message: Uint8Array,
    rttMs: number,
    transport: Transport,
  ): void {
    const answer = this.reader.answer(slot, upstream, reply, rttMs, transport);
    const { recursionDesired } = this.#of.options;
    if (this.reader.isFinal(reply)) {
      if (reply.openAlias !== null && recursionDesired) {
        const end = this.#aliases.follow(slot, reply.openAlias, answer);
        if (end !== null) this.finish(slot, end);
      } else {
        this.#decided(slot, upstream, answer, message);
      }
      return;
    }
    const { rcode } = reply;
    const isReferral = reply.isReferral && recursionDesired;
    const questionLength = this.#slots.questionLength[slot] as number;
    this.#slots.failure[slot] = isReferral ? referralOf(answer, message, questionLength) : answer;
    if (refusesEdns(rcode) && this.#of.packets.hasEdns(slot)) {
      this.#of.packets.dropEdns(slot);
      this.attempts.failedByForm(slot);
    } else {
      this.attempts.failed(slot, upstream);
    }
    this.#retry(slot);
  }

  #decided(slot: number, upstream: Upstream<DrawnFrom>, answer: DnsAnswer, message: Uint8Array): void {
    const { probes, options } = this.#of;
    // A slot in use has a question.
    const question = this.#slots.question[slot] as DnsQuestion;
    if (probes.isWaiting && upstream.health.ejection === null) probes.learn(question, answer);
    options.onFinal?.(question, message, this.#slots.questionLength[slot] as number);
    this.finish(slot, answer);
  }

  #becameLate(slot: number): void {
    if (!this.#repeats.take(slot, this.attempts.most(slot))) return;
    this.#holderOf(slot).leaveBehind(slot);
    this.#slots.isTelling[slot] = 0;
    this.#retry(slot);
  }

  #timedOut(slot: number): void {
    const { isTelling, sentAtMs } = this.#slots;
    this.#repeats.saw(slot, false);
    const { health } = this.#holderOf(slot);
    health.timedOut(isTelling[slot] === 1, sentAtMs[slot] as number, performance.now());
    isTelling[slot] = 0;
    this.#retry(slot);
  }

  /** `isLost`: its connection ended, or could not be had. */
  #retry(slot: number, isLost = false): void {
    const slots = this.#slots;
    const { choice, retries } = this.#of;
    const lastWord = this.attempts.lastWord(slot);
    if (lastWord !== null) {
      this.finish(slot, lastWord);
      return;
    }
    slots.state[slot] = QUEUED;
    slots.sentAtMs[slot] = performance.now();
    const pause = isLost ? 'after_loss' : slots.failure[slot] === null ? 'none' : 'after_failure';
    if (pause !== 'none' && choice.hasUntried(slot)) retries.push(slot, 'none');
    else if (pause === 'after_failure' && this.#holderOf(slot).overload.isInDoubt)
      retries.push(slot, 'after_haste');
    else retries.push(slot, pause);
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
    return {
      // Only slots whose resolver has an address for it are asked over TCP.
      to: this.#holderOf(slot).target.tcp as Endpoint,
      query: this.#of.packets.copy(slot),
      questionLength: this.#slots.questionLength[slot] as number,
    };
  }

  #repliedOverTcp(slot: number, message: Uint8Array | null, rttMs: number): void {
    const reply = message === null ? null : this.reader.parse(slot, message);
    const upstream = this.#holderOf(slot);
    if (message !== null && reply !== null && !reply.truncated) {
      this.#replied(slot, upstream, reply, message, rttMs, 'tcp');
    } else {
      const { attempts, failure } = this.#slots;
      failure[slot] ??= withoutTcp(attempts[slot] as number, upstream.label);
      this.#timedOut(slot);
    }
    this.#of.onRoom();
  }

  /** The resolver that the slot was sent to last. */
  #holderOf(slot: number): Upstream<DrawnFrom> {
    return this.#of.upstreams[this.#slots.upstream[slot] as number] as Upstream<DrawnFrom>;
  }
}
