import type { Endpoint } from '../guard/lab-route.ts';
import { AdaptiveWindow } from './adaptive-window.ts';
import { RateLimit } from './rate-limit.ts';
import { formatEndpoint } from './resolver-address.ts';
import { IN_FLIGHT, LATE, NONE, PACKET_STRIDE, type SlotTable } from './slot-table.ts';
import { UdpLane } from './udp-lane.ts';
import { writeId } from './wire/encode-query.ts';

/** One resolver of a pool: its sockets, its window, and its queries in flight in the order of their deadlines. */
export class Upstream<Owner> {
  readonly index: number;
  readonly endpoint: Endpoint;
  readonly label: string;
  readonly window: AdaptiveWindow;
  readonly rate: RateLimit;
  readonly #lanes: UdpLane[] = [];
  readonly #slots: SlotTable<Owner>;
  #nextLane = 0;
  #oldest = NONE;
  #newest = NONE;
  /** The oldest that is not late yet. */
  #oldestOnTime = NONE;

  constructor(
    index: number,
    endpoint: Endpoint,
    slots: SlotTable<Owner>,
    limits: { readonly timeoutMs: number; readonly queriesPerSecond: number | null },
    nowMs: number,
  ) {
    this.index = index;
    this.endpoint = endpoint;
    this.label = formatEndpoint(endpoint);
    this.#slots = slots;
    this.window = new AdaptiveWindow(limits.timeoutMs, nowMs);
    this.rate = new RateLimit(limits.queriesPerSecond, nowMs);
  }

  /** Opens its sockets; rejects where there is no route. */
  async open(
    count: number,
    on: {
      readonly onMessage: (upstream: Upstream<Owner>, lane: UdpLane, message: Uint8Array) => void;
      readonly onError: () => void;
    },
  ): Promise<void> {
    const onMessage = (lane: UdpLane, message: Uint8Array): void => on.onMessage(this, lane, message);
    while (this.#lanes.length < count)
      this.#lanes.push(await UdpLane.open(this.endpoint, onMessage, on.onError));
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.splice(0).map((lane) => lane.close()));
  }

  /** Cannot be reached from here, or has been silent for a while. */
  get isDown(): boolean {
    return this.#lanes.length === 0 || this.window.isDown;
  }

  get hasRoom(): boolean {
    return this.#lanes.length > 0 && this.window.hasRoom && this.rate.hasRoom;
  }

  /** Sends the slot's packet under a fresh id. */
  send(slot: number, nowMs: number): void {
    const slots = this.#slots;
    const laneIndex = this.#nextLane;
    this.#nextLane = laneIndex + 1 === this.#lanes.length ? 0 : laneIndex + 1;
    // Opened before anything is sent.
    const lane = this.#lanes[laneIndex] as UdpLane;
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
    lane.send(slots.packets, offset, slots.packetLength[slot] as number);
  }

  /** Takes a slot out of flight; the caller tells the window why. Gives whether it was late. */
  detach(slot: number): boolean {
    const slots = this.#slots;
    (this.#lanes[slots.lane[slot] as number] as UdpLane).forget(slots.id[slot] as number);
    const previous = slots.previous[slot] as number;
    const next = slots.next[slot] as number;
    if (previous === NONE) this.#oldest = next;
    else slots.next[previous] = next;
    if (next === NONE) this.#newest = previous;
    else slots.previous[next] = previous;
    if (this.#oldestOnTime === slot) this.#oldestOnTime = next;
    return slots.state[slot] === LATE;
  }

  /** Marks what is late, and gives each slot whose time is over to `onTimeout` once it is detached. */
  expire(nowMs: number, timeoutMs: number, onTimeout: (slot: number) => void): void {
    const { sentAtMs, state, next, isTelling } = this.#slots;
    const lateBefore = nowMs - this.window.lateAfterMs;
    while (this.#oldestOnTime !== NONE && (sentAtMs[this.#oldestOnTime] as number) < lateBefore) {
      const slot = this.#oldestOnTime;
      state[slot] = LATE;
      this.#oldestOnTime = next[slot] as number;
      this.window.becameLate(isTelling[slot] === 1);
    }
    while (this.#oldest !== NONE && (sentAtMs[this.#oldest] as number) <= nowMs - timeoutMs) {
      const slot = this.#oldest;
      if (!this.detach(slot)) this.window.becameLate(isTelling[slot] === 1);
      onTimeout(slot);
    }
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
