import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import type { PhaseItem, PhasePlan, PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { shapeDns } from '@domainflow/domain/shaping/shape-dns.ts';
import { shapeHttp } from '@domainflow/domain/shaping/shape-http.ts';
import type { ShapingPlan } from '@domainflow/domain/shaping/shaping-plan.ts';
import { TrafficControl } from '@domainflow/domain/shaping/traffic-control.ts';
import type { ClaimedBatch } from '@domainflow/services/batch/claim-batch.ts';

/** How often it is looked whether quiet hours are about to begin. */
const QUIET_CHECK_MS = 200;
/** Runs whose limits are remembered, be it that none of their batches is here at the moment. */
const RUNS_KEPT = 32;

/** What a batch works with where its traffic is shaped. */
export interface ShapedBatch {
  readonly ports: PhasePorts;
  /** Aborts with the batch's own, and when quiet hours are about to begin. */
  readonly signal: AbortSignal;
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
  /** Workers that live, this one included. */
  workers = 1;

  constructor(ports: PhasePorts, wallMs: () => number) {
    this.#ports = ports;
    this.#wallMs = wallMs;
  }

  /** When the quiet hours end that keep the batch from being worked on now; null where none do. */
  quietUntilMs(batch: ClaimedBatch): number | null {
    const { shaping } = batch.plan;
    return shaping === undefined || shaping === null
      ? null
      : this.#runOf(batch, shaping).control.quietUntilMs();
  }

  /** Null where the batch's traffic is not shaped. */
  begin(batch: ClaimedBatch, items: readonly PhaseItem[], signal: AbortSignal): ShapedBatch | null {
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
    return {
      ports,
      signal: until,
      takeMetrics: (isLast) => control.takeMetrics(isLast && run.batches === 1),
      end() {
        endWatch();
        stop();
        control.forget(items);
        run.batches -= 1;
      },
    };
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
      workers: () => this.workers,
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
