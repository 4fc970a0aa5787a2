import type { Clock } from '../clock.ts';
import type { RecordType } from '../persona/dns-persona.ts';
import type { Randomness } from '../random.ts';
import { askQuietly } from './ask-quietly.ts';
import type { DnsRecord, DnsResolver } from './dns-port.ts';
import { randomLabel } from './probe-name.ts';
import { WildcardPool } from './wildcard-pool.ts';

/** Random labels that must all be answered before a zone is taken for a wildcard. */
const PROBES = 3;
/** Of a wildcard with changing answers so many labels are asked before a name under it is judged. */
const PROBES_OF_ROTATING = 24;
/** Each has been tried as often as the persona allows: more would only take time. */
const SILENT_PROBES = 2;
/** Probes in a row that bring nothing new: the answers of a balanced wildcard are known. */
const QUIET_PROBES = 4;
/** Zones remembered; the one found out first goes first. */
const ZONES_KEPT = 50_000;
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
  /** The last probes still brought new answers. */
  readonly isOpen: boolean;
}

interface Kept {
  readonly finding: Promise<ZoneFinding>;
  value: ZoneFinding | null;
  untilMs: number;
}

interface Outside {
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

  async #probe(zone: string): Promise<ZoneFinding> {
    const pool = new WildcardPool();
    const probes: ZoneProbe[] = [];
    const found = (state: ZoneFinding['state'], deniesNames: boolean, isOpen = false): ZoneFinding => ({
      zone,
      state,
      deniesNames,
      probes,
      pool,
      isOpen,
    });
    let answered = 0;
    let quiet = 0;
    let silent = 0;
    for (;;) {
      const name = `${randomLabel(this.#outside.random)}.${zone}`;
      const { rcode, records } = await this.#ask(name);
      probes.push({ name, rcode, answers: summary(records) });
      if (records.length > 0) {
        answered += 1;
        quiet = pool.add(records) ? 0 : quiet + 1;
      } else if (rcode === 'NOERROR' || rcode === 'NXDOMAIN') {
        return found('none', rcode === 'NXDOMAIN');
      }
      if (rcode === 'TIMEOUT') silent += 1;
      if (silent >= SILENT_PROBES) return found('unknown', false);
      if (probes.length < PROBES) continue;
      if (answered < PROBES) {
        // Silence says nothing; a few more tries, and the zone stays unknown.
        if (probes.length < PROBES * 2) continue;
        return found('unknown', false);
      }
      if (!pool.isRotating || quiet >= QUIET_PROBES) return found('wildcard', false);
      if (probes.length >= PROBES_OF_ROTATING) return found('wildcard', false, true);
    }
  }

  /** The addresses of all types, with the alias that leads to them. */
  async #ask(name: string): Promise<{ rcode: string; records: DnsRecord[] }> {
    const records: DnsRecord[] = [];
    let rcode = 'NOERROR';
    for (const type of this.#types) {
      this.#queries += 1;
      const answer = await askQuietly(this.#outside.resolver, name, type);
      if (answer === null) return { rcode: 'ERROR', records: [] };
      if (answer.rcode === 'NOERROR') records.push(...answer.records);
      // Without an address, one type's failure leaves open what the label would have been answered with.
      else rcode = answer.rcode;
      if (answer.rcode === 'NXDOMAIN') break;
    }
    return records.some(isAddress) ? { rcode: 'NOERROR', records } : { rcode, records: [] };
  }
}

const isAddress = ({ type }: DnsRecord): boolean => type === 'A' || type === 'AAAA';

/** Answers as they are kept in evidence, a few at most. */
const summary = (records: readonly DnsRecord[]): string[] =>
  [...new Set(records.map(({ type, data }) => `${type} ${data}`))].slice(0, 8);
