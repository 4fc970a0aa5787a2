import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import type { PhaseItems, PhasePlan, PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { shapeDns } from '@domainflow/domain/shaping/shape-dns.ts';
import { shapeHttp } from '@domainflow/domain/shaping/shape-http.ts';
import type { ShapingPlan } from '@domainflow/domain/shaping/shaping-plan.ts';
import { TrafficControl } from '@domainflow/domain/shaping/traffic-control.ts';
import type { ClaimedBatch } from '@domainflow/services/batch/claim-batch.ts';

/** How often it is looked whether quiet hours are about to begin. */
const QUIET_CHECK_MS = 200;
/** Others look who is there every two to two and a half seconds (`sweep.ts`). */
const COUNTED_AFTER_MS = 3_000;
/** As many batches' domains may wait for their turn in one of several workers, before it takes no more. */
const BATCHES_WAITING = 2;
/** And in one that is alone: whoever waits for a slow target holds up few others, and who joins soon finds work. */
const WAITING_ALONE = 1_000;
/** Runs whose limits are remembered, be it that none of their batches is here at the moment. */
const RUNS_KEPT = 32;

/** What a batch works with where its traffic is shaped. */
export interface ShapedBatch {
  readonly ports: PhasePorts;
  /** Aborts with the batch's own, and when quiet hours are about to begin. */
  readonly signal: AbortSignal;
  /**
   * To be called when no domain of the batch is left to ask for. Makes room for the next batch once few domains of the run
   * wait for their turn: what waits here nobody else can take.
   */
  onDrained(): void;
  /** To be committed with the batch's next chunk; `isLast` where no other follows. */
  takeMetrics(isLast: boolean): Record<string, number>;
  end(): void;
}

interface ShapedRun {
  readonly control: TrafficControl;
  readonly ports: PhasePorts;
  batches: number;
}

/** The shaping of all runs that this worker has batches of: batches of one run share its limits and its rhythm. */
export class ShapedBatches {
  readonly #ports: PhasePorts;
  readonly #wallMs: () => number;
  readonly #runs = new Map<string, ShapedRun>();
  #workers = 1;
  #cameAtMs: number | null = null;

  constructor(ports: PhasePorts, wallMs: () => number) {
    this.#ports = ports;
    this.#wallMs = wallMs;
  }

  /** Workers that live, this one included: to be told every two seconds. */
  set workers(count: number) {
    this.#cameAtMs ??= this.#ports.clock.nowMs();
    this.#workers = count;
  }

  /** One that is alone has the whole of all caps at once; among others it waits until they have made room. */
  get #isCounted(): boolean {
    if (this.#cameAtMs === null) return false;
    return this.#workers === 1 || this.#ports.clock.nowMs() - this.#cameAtMs >= COUNTED_AFTER_MS;
  }

  /** When the quiet hours end that keep the batch from being worked on now; null where none do. */
  quietUntilMs(batch: ClaimedBatch): number | null {
    const { shaping } = batch.plan;
    return shaping === undefined || shaping === null
      ? null
      : this.#runOf(batch, shaping).control.quietUntilMs();
  }

  /** Null where the batch's traffic is not shaped. */
  begin(
    batch: ClaimedBatch,
    items: PhaseItems,
    signal: AbortSignal,
    makeRoom: () => void,
  ): ShapedBatch | null {
    const { shaping } = batch.plan;
    if (shaping === undefined || shaping === null) return null;
    const run = this.#runOf(batch, shaping);
    const { control, ports } = run;
    run.batches += 1;
    control.expect(items);
    const quiet = new AbortController();
    const endWatch =
      shaping.values.quietHours === null
        ? () => {}
        : ports.clock.every(QUIET_CHECK_MS, () => {
            if (control.isQuietSoon()) quiet.abort('quiet hours');
          });
    const until = AbortSignal.any([signal, quiet.signal]);
    const stop = control.go();
    // Questions that batches share have no signal of their own: they must not keep a stopped batch from its end.
    until.addEventListener('abort', stop, { once: true });
    let endWait = (): void => {};
    return {
      ports,
      signal: until,
      onDrained: () => {
        endWait = this.#whenFewWait(control, items.length, makeRoom);
      },
      takeMetrics: (isLast) => control.takeMetrics(isLast && run.batches === 1),
      end() {
        endWait();
        endWatch();
        stop();
        control.forget(items);
        run.batches -= 1;
      },
    };
  }

  /** Calls `then` once; the returned function ends the wait. */
  #whenFewWait(control: TrafficControl, batchSize: number, then: () => void): () => void {
    const shared = batchSize * BATCHES_WAITING;
    const areFew = (): boolean =>
      control.waiting <= (this.#workers === 1 ? Math.max(shared, WAITING_ALONE) : shared);
    if (areFew()) {
      then();
      return () => {};
    }
    const end = control.onBegin(() => {
      if (!areFew()) return;
      end();
      then();
    });
    return end;
  }

  #runOf(batch: ClaimedBatch, shaping: ShapingPlan): ShapedRun {
    const key = `${batch.campaignId}/${batch.phase}/${batch.run}`;
    const known = this.#runs.get(key) ?? this.#newRun(batch, shaping);
    // The one unused for longest goes first: a map keeps the order of insertion.
    this.#runs.delete(key);
    if (this.#runs.size >= RUNS_KEPT) {
      const idle = [...this.#runs].find(([, { batches }]) => batches === 0);
      if (idle !== undefined) this.#runs.delete(idle[0]);
    }
    this.#runs.set(key, known);
    return known;
  }

  #newRun({ phase, plan }: ClaimedBatch, shaping: ShapingPlan): ShapedRun {
    const control = new TrafficControl(shaping, {
      clock: this.#ports.clock,
      random: Math.random,
      wallMs: this.#wallMs,
      workers: () => this.#workers,
      isCounted: () => this.#isCounted,
    });
    return { control, ports: this.#shapedPorts(phase, plan, control), batches: 0 };
  }

  #shapedPorts(phase: ClaimedBatch['phase'], plan: PhasePlan<unknown>, control: TrafficControl): PhasePorts {
    const ports = this.#ports;
    if (phase === 'dns') {
      return { ...ports, dns: shapeDns(ports.dns, dnsPersonaSchema.parse(plan.persona ?? {}), control) };
    }
    if (phase === 'http') {
      return { ...ports, http: shapeHttp(ports.http, httpPersonaSchema.parse(plan.persona ?? {}), control) };
    }
    return ports;
  }
}
