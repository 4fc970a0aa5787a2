import type { Clock } from '../clock.ts';
import type { RecordType } from '../persona/dns-persona.ts';
import type { Randomness } from '../random.ts';
import { askQuietly } from './ask-quietly.ts';
import type { DnsRecord, DnsResolver } from './dns-port.ts';
import { randomLabel } from './probe-name.ts';
import { isAddress, WildcardPool } from './wildcard-pool.ts';

/** Random labels that must all be answered before a zone is taken for a wildcard. */
const PROBES = 3;
/** In a row without an answer; each has been tried as often as the persona allows: more would only take time. */
const FAILED_PROBES = 2;
/** Of a wildcard with changing answers so many labels are asked before a name under it is judged. */
const PROBES_OF_ROTATING = 36;
/** More of them each time that a name below is answered otherwise, and in all. */
const PROBES_MORE = 8;
const MOST_PROBES = 100;
/** Probes kept as evidence. */
const PROBES_KEPT = 3;
/** Zones remembered; the one found out first goes first. */
const ZONES_KEPT = 10_000;
const KEPT_MS = 15 * 60_000;
/** A zone whose probes nobody answered is asked about again sooner. */
const UNKNOWN_KEPT_MS = 30_000;

/** A random label and what it was answered with. */
export interface ZoneProbe {
  readonly name: string;
  readonly rcode: string;
  readonly answers: readonly string[];
}

export interface ZoneFinding {
  readonly zone: string;
  /** `unknown`: no probe got an answer that says anything. */
  readonly state: 'none' | 'wildcard' | 'unknown';
  /** A random label does not exist (NXDOMAIN), so that whatever exists below the zone was put there. */
  readonly deniesNames: boolean;
  readonly probes: readonly ZoneProbe[];
  readonly pool: WildcardPool;
}

interface Kept {
  readonly finding: Promise<ZoneFinding>;
  value: ZoneFinding | null;
  untilMs: number;
}

interface Outside {
  /** Without resolvers in doubt, as far as there are others. */
  readonly resolver: () => DnsResolver;
  readonly clock: Clock;
  readonly random: Randomness;
}

/**
 * Which zones answer for names that do not exist. Each zone is probed once for all names below it, and remembered for a
 * while.
 */
export class WildcardZones {
  readonly #outside: Outside;
  readonly #types: readonly RecordType[];
  readonly #zones = new Map<string, Kept>();
  readonly #widening = new Map<WildcardPool, Promise<void>>();
  #queries = 0;

  /** `types` holds A, AAAA or both. */
  constructor(types: readonly RecordType[], outside: Outside) {
    this.#types = types;
    this.#outside = outside;
  }

  /** Queries sent since the last call, for whoever counts them. */
  takeQueries(): number {
    const queries = this.#queries;
    this.#queries = 0;
    return queries;
  }

  /** What is known of a zone without asking; null where it must be probed. */
  known(zone: string): ZoneFinding | null {
    const kept = this.#zones.get(zone);
    return kept !== undefined && kept.untilMs > this.#outside.clock.nowMs() ? kept.value : null;
  }

  /** Probes a zone; calls for the same one share their probes. Never rejects: what cannot be asked is `unknown`. */
  find(zone: string): Promise<ZoneFinding> {
    const nowMs = this.#outside.clock.nowMs();
    const kept = this.#zones.get(zone);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.finding;
    this.#zones.delete(zone);
    if (this.#zones.size >= ZONES_KEPT) this.#zones.delete(this.#zones.keys().next().value ?? zone);
    const entry: Kept = { finding: this.#probe(zone), value: null, untilMs: Number.POSITIVE_INFINITY };
    this.#zones.set(zone, entry);
    void entry.finding.then((finding) => {
      entry.value = finding;
      const keptMs = finding.state === 'unknown' ? UNKNOWN_KEPT_MS : KEPT_MS;
      entry.untilMs = this.#outside.clock.nowMs() + keptMs;
    });
    return entry.finding;
  }

  /**
   * Gets to know a wildcard better, for a name that is answered otherwise: the answer may be one of its own that has not
   * been seen. Ends at once where enough has been seen.
   */
  widen({ zone, pool }: ZoneFinding): Promise<void> {
    if (pool.isKnownWell || pool.answers >= MOST_PROBES) return Promise.resolve();
    const underWay = this.#widening.get(pool);
    if (underWay !== undefined) return underWay;
    const more = Array.from({ length: PROBES_MORE }, () => this.#probeOnce(zone, pool));
    const widening = Promise.all(more).then(() => {
      this.#widening.delete(pool);
    });
    this.#widening.set(pool, widening);
    return widening;
  }

  async #probe(zone: string): Promise<ZoneFinding> {
    const pool = new WildcardPool();
    const probes: ZoneProbe[] = [];
    const found = (state: ZoneFinding['state'], deniesNames = false): ZoneFinding => {
      return { zone, state, deniesNames, probes: probes.slice(0, PROBES_KEPT), pool };
    };
    let failed = 0;
    for (;;) {
      const { isAlias, ...probe } = await this.#probeOnce(zone, pool);
      probes.push(probe);
      const { rcode, answers } = probe;
      if (answers.length === 0 && (rcode === 'NOERROR' || rcode === 'NXDOMAIN'))
        return found('none', rcode === 'NXDOMAIN' && !isAlias);
      // Failures say nothing; a few more tries, and the zone stays unknown.
      failed = answers.length === 0 ? failed + 1 : 0;
      if (failed >= FAILED_PROBES) return found('unknown');
      if (pool.answers >= PROBES && !(pool.isOpen && probes.length < PROBES_OF_ROTATING))
        return found('wildcard');
      if (pool.answers < PROBES && probes.length >= PROBES * 2) return found('unknown');
    }
  }

  /** Asks for one random name, and adds what it is answered with to the pool. */
  async #probeOnce(zone: string, pool: WildcardPool): Promise<ZoneProbe & { isAlias: boolean }> {
    const name = `${randomLabel(this.#outside.random)}.${zone}`;
    const { rcode, records, isAlias } = await this.#ask(name);
    if (records.length > 0) pool.add(records);
    return { name, rcode, answers: summary(records), isAlias };
  }

  /**
   * The addresses of all types, with the alias that leads to them. `isAlias`: there is one, so that NXDOMAIN is about its
   * target (RFC 6604).
   */
  async #ask(name: string): Promise<{ rcode: string; records: DnsRecord[]; isAlias: boolean }> {
    const records: DnsRecord[] = [];
    let rcode = 'NOERROR';
    let isAlias = false;
    for (const type of this.#types) {
      this.#queries += 1;
      const answer = await askQuietly(this.#outside.resolver, name, type);
      if (answer === null) return { rcode: 'ERROR', records: [], isAlias };
      isAlias ||= answer.records.some(({ type: each }) => each === 'CNAME');
      if (answer.rcode === 'NOERROR') records.push(...answer.records);
      // Without an address, one type's failure leaves open what the label would have been answered with.
      else rcode = answer.rcode;
      if (answer.rcode !== 'NOERROR') break;
    }
    return records.some(isAddress) ? { rcode: 'NOERROR', records, isAlias } : { rcode, records: [], isAlias };
  }
}

/** Answers as they are kept in evidence, a few at most. */
const summary = (records: readonly DnsRecord[]): string[] =>
  [...new Set(records.map(({ type, data }) => `${type} ${data}`))].slice(0, 8);
