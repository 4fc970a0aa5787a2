import type { DnsAnswer, DnsQuestion, DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import type { DrawnFrom } from './source-turns.ts';
import type { Upstream } from './upstream.ts';

/** What every recursive resolver knows, until another name is known to have an answer. */
const ROOT: DnsQuestion = { name: '.', type: 'NS', isDoubtful: true };
/** When nobody else can be asked, the return of one is noticed within this time. */
const MAX_PAUSE_WHEN_ALL_ARE_OUT_MS = 2_000;

export interface ProbeActions {
  /** Sends the question to this resolver and no other; its answer goes to `probes` as the source. */
  readonly ask: (upstream: Upstream<DrawnFrom>, probes: DrawnFrom, question: DnsQuestion) => void;
  /** Opens what could not be opened before; rejects where it cannot be now. */
  readonly open: (upstream: Upstream<DrawnFrom>) => Promise<void>;
}

/**
 * Probes resolvers that are put aside with questions of our own, so that no domain's verdict hangs on them: the last
 * one that another resolver could answer. What comes back reaches their health like any reply.
 */
export class RecoveryProbes implements DnsSource {
  readonly #actions: ProbeActions;
  readonly #asOwner: DrawnFrom;
  readonly #opening = new Set<number>();
  #question = ROOT;
  #isWaiting = false;

  constructor(actions: ProbeActions) {
    this.#actions = actions;
    const nothing = (): void => undefined;
    const state = { isKept: true, drawn: null, isDry: false, underWay: 0, onEnd: nothing, onFault: nothing };
    this.#asOwner = { source: this, ...state };
  }

  next(): null {
    return null;
  }

  answered(): void {
    // The resolver's health has heard of it.
  }

  /** Whether a question is one of these probes. */
  owns(owner: DrawnFrom | null): boolean {
    return owner === this.#asOwner;
  }

  /** Somebody is put aside, and a question that others can answer is wanted. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Remembers a question that a healthy resolver answered. */
  learn({ name, type }: DnsQuestion, { rcode }: DnsAnswer): void {
    if (rcode === 'NOERROR') this.#question = { name, type, isDoubtful: true };
  }

  /** To be called every few milliseconds. */
  send(upstreams: readonly Upstream<DrawnFrom>[], hasHealthy: boolean, nowMs: number): void {
    this.#isWaiting = false;
    for (const upstream of upstreams) {
      const { health } = upstream;
      if (health.ejection === null) continue;
      this.#isWaiting = true;
      if (!health.takeProbe(nowMs, hasHealthy ? undefined : MAX_PAUSE_WHEN_ALL_ARE_OUT_MS)) continue;
      if (upstream.isOpen) this.#actions.ask(upstream, this.#asOwner, this.#question);
      else this.#reopen(upstream, nowMs);
    }
  }

  #reopen(upstream: Upstream<DrawnFrom>, nowMs: number): void {
    if (this.#opening.has(upstream.index)) return;
    this.#opening.add(upstream.index);
    this.#actions
      .open(upstream)
      .then(
        () => this.#actions.ask(upstream, this.#asOwner, this.#question),
        (error: unknown) => upstream.health.unreachable(messageOf(error), nowMs),
      )
      .finally(() => this.#opening.delete(upstream.index));
  }
}

/** What an error says, for a person. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
