import type { Endpoint } from '../guard/lab-route.ts';
import { AdaptiveWindow } from './adaptive-window.ts';
import type { Lane, LaneEvents, OpenLane } from './lane.ts';
import { OverloadWatch } from './overload-watch.ts';
import { RateLimit } from './rate-limit.ts';
import { ResolverHealth } from './resolver-health.ts';
import { IN_FLIGHT, LATE, NONE, PACKET_STRIDE, type SlotTable } from './slot-table.ts';
import { Stragglers } from './stragglers.ts';
import { writeId } from './wire/encode-query.ts';

/** What a resolver of a pool is, before it is asked anything. */
export interface UpstreamTarget {
  /** How evidence and statistics name it: `address:port`, or a URL. */
  readonly label: string;
  readonly weight: number;
  readonly queriesPerSecond: number | null;
  readonly openLane: OpenLane;
  /** Where truncated answers are asked for over TCP; null where nothing is truncated. */
  readonly tcp: Endpoint | null;
}

/** What becomes of queries by the clock. */
export interface Expiry {
  readonly onLate: (slot: number) => void;
  /** The slot has been detached. */
  readonly onTimeout: (slot: number) => void;
}

/** What an upstream tells its pool. */
export interface UpstreamEvents<Owner> {
  readonly onMessage: (upstream: Upstream<Owner>, slot: number, message: Uint8Array) => void;
  readonly onLost: (upstream: Upstream<Owner>, slot: number, problem: string | null, isFree: boolean) => void;
  readonly onError: () => void;
}

/** One resolver of a pool: its lanes, its window, and its queries in flight in the order of their deadlines. */
export class Upstream<Owner> {
  readonly index: number;
  readonly target: UpstreamTarget;
  readonly window: AdaptiveWindow;
  readonly rate: RateLimit;
  readonly health = new ResolverHealth();
  readonly overload: OverloadWatch;
  readonly stragglers = new Stragglers();
  readonly #lanes: Lane[] = [];
  readonly #slots: SlotTable<Owner>;
  #nextLane = 0;
  #oldest = NONE;
  #newest = NONE;
  /** The oldest that is not late yet. */
  #oldestOnTime = NONE;

  constructor(index: number, target: UpstreamTarget, slots: SlotTable<Owner>, timeoutMs: number) {
    const nowMs = performance.now();
    this.index = index;
    this.target = target;
    this.#slots = slots;
    this.window = new AdaptiveWindow(timeoutMs, nowMs);
    this.rate = new RateLimit(target.queriesPerSecond, nowMs);
    this.overload = new OverloadWatch(nowMs);
  }

  /** To be called every few milliseconds. */
  pace(nowMs: number): void {
    this.overload.adapt(nowMs);
    this.rate.cap(this.overload.limit, nowMs);
    this.rate.refill(nowMs);
  }

  get label(): string {
    return this.target.label;
  }

  /** Opens its lanes; rejects where it cannot be reached, and may then be called again. */
  async open(count: number, on: UpstreamEvents<Owner>): Promise<void> {
    const events: LaneEvents = {
      onMessage: (slot, message) => on.onMessage(this, slot, message),
      onLost: (slot, problem, isFree) => on.onLost(this, slot, problem, isFree),
      onError: on.onError,
    };
    while (this.#lanes.length < count) this.#lanes.push(await this.target.openLane(events));
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.splice(0).map((lane) => lane.close()));
  }

  get isOpen(): boolean {
    return this.#lanes.length > 0;
  }

  /** Cannot be reached from here, or is put aside for now. */
  get isDown(): boolean {
    return this.#lanes.length === 0 || this.window.isDown || this.health.ejection !== null;
  }

  get hasRoom(): boolean {
    return this.#lanes.length > 0 && this.window.hasRoom && this.rate.hasRoom && this.#turnToLaneWithRoom();
  }

  /** Sends the slot's packet under a fresh id; `hasRoom` has been asked. */
  send(slot: number, nowMs: number): void {
    const slots = this.#slots;
    const laneIndex = this.#nextLane;
    this.#nextLane = laneIndex + 1 === this.#lanes.length ? 0 : laneIndex + 1;
    // Opened before anything is sent.
    const lane = this.#lanes[laneIndex] as Lane;
    const id = lane.assign(slot);
    const offset = slot * PACKET_STRIDE;
    writeId(slots.packets, offset, id);
    slots.id[slot] = id;
    slots.lane[slot] = laneIndex;
    slots.upstream[slot] = this.index;
    slots.sentAtMs[slot] = nowMs;
    slots.state[slot] = IN_FLIGHT;
    this.#append(slot);
    this.window.inFlight += 1;
    this.rate.spend();
    this.health.queries += 1;
    lane.send(slot, slots.packets, offset, slots.packetLength[slot] as number);
  }

  /** Whether the slot is in flight here, so that what a lane says of it still counts. */
  holds(slot: number): boolean {
    const { state, upstream } = this.#slots;
    return (state[slot] === IN_FLIGHT || state[slot] === LATE) && upstream[slot] === this.index;
  }

  /** Takes a slot out of flight; the caller tells the window why. Gives whether it was late. */
  detach(slot: number, isTimeout = false): boolean {
    const slots = this.#slots;
    const lane = this.#lanes[slots.lane[slot] as number];
    lane?.forget(slot, slots.id[slot] as number, isTimeout ? (slots.sentAtMs[slot] as number) : null);
    this.#unlink(slot);
    return slots.state[slot] === LATE;
  }

  /** Takes a late slot out of flight, but goes on waiting for the reply to what was sent. */
  leaveBehind(slot: number): void {
    const { lane, id, sentAtMs, isTelling, question } = this.#slots;
    this.#unlink(slot);
    this.stragglers.add({
      slot,
      id: id[slot] as number,
      // It was sent over it.
      lane: this.#lanes[lane[slot] as number] as Lane,
      sentAtMs: sentAtMs[slot] as number,
      isTelling: isTelling[slot] === 1,
      question: question[slot] ?? null,
    });
  }

  #unlink(slot: number): void {
    const slots = this.#slots;
    const previous = slots.previous[slot] as number;
    const next = slots.next[slot] as number;
    if (previous === NONE) this.#oldest = next;
    else slots.next[previous] = next;
    if (next === NONE) this.#newest = previous;
    else slots.previous[next] = previous;
    if (this.#oldestOnTime === slot) this.#oldestOnTime = next;
  }

  /** Tells what has become late since the last call, and what waits no longer. */
  expire(nowMs: number, timeoutMs: number, { onLate, onTimeout }: Expiry): void {
    const { sentAtMs, state, next, isTelling } = this.#slots;
    const lateBefore = nowMs - this.window.lateAfterMs;
    while (this.#oldestOnTime !== NONE && (sentAtMs[this.#oldestOnTime] as number) < lateBefore) {
      const slot = this.#oldestOnTime;
      state[slot] = LATE;
      this.#oldestOnTime = next[slot] as number;
      this.window.becameLate(isTelling[slot] === 1);
      onLate(slot);
    }
    while (this.#oldest !== NONE && (sentAtMs[this.#oldest] as number) <= nowMs - timeoutMs) {
      const slot = this.#oldest;
      if (!this.detach(slot, true)) this.window.becameLate(isTelling[slot] === 1);
      onTimeout(slot);
    }
    this.stragglers.expire(nowMs - timeoutMs, (straggler) =>
      this.health.timedOut(straggler.isTelling, straggler.sentAtMs, nowMs),
    );
  }

  #turnToLaneWithRoom(): boolean {
    for (let left = this.#lanes.length; left > 0; left -= 1) {
      if ((this.#lanes[this.#nextLane] as Lane).hasRoom) return true;
      this.#nextLane = this.#nextLane + 1 === this.#lanes.length ? 0 : this.#nextLane + 1;
    }
    return false;
  }

  #append(slot: number): void {
    const { previous, next } = this.#slots;
    previous[slot] = this.#newest;
    next[slot] = NONE;
    if (this.#newest === NONE) this.#oldest = slot;
    else next[this.#newest] = slot;
    this.#newest = slot;
    if (this.#oldestOnTime === NONE) this.#oldestOnTime = slot;
  }
}
