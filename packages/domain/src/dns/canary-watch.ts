import type { Randomness } from '../random.ts';
import { verdictOf } from './classify-answers.ts';
import type { DnsAnswer, DnsQuestion, DnsResolver } from './dns-port.ts';
import type { Metrics } from './metrics.ts';
import { randomLabel } from './probe-name.ts';

/** Names that have existed for decades and have addresses; those that the resolvers do not know are left out. */
const WELL_KNOWN = [
  'example.com',
  'example.net',
  'example.org',
  'iana.org',
  'icann.org',
  'ietf.org',
  'wikipedia.org',
  'google.com',
  'cloudflare.com',
  'microsoft.com',
  'apple.com',
  'amazon.com',
  'debian.org',
  'kernel.org',
  'w3.org',
  'mozilla.org',
] as const;

/** Different resolvers that must know a name before it is held against one that does not. */
const WITNESSES = 2;
/** Times that a lone resolver must say the same, as there is no other to ask. */
const REPEATS_OF_ONE = 3;
/** Times in a row that one resolver must deny a name before it is given up. */
const DENIALS_OF_ONE = 5;
/** After so many questions a name that nobody confirmed is given up. */
const ASKED_IN_VAIN = 12;
const MOST_POSITIVES = 64;
const CANDIDATES_KEPT = 64;
const ZONES_KEPT = 32;
/** Canaries of a resolver over which its recall is measured before anything is done. */
const WINDOW = 40;
/** Below this share of right answers to names that exist, the resolver is asked less. */
const RECALL_WANTED = 0.95;
/** Addresses for random names before a resolver is taken for a liar: once may be somebody's wildcard. */
const LIES_TO_FLAG = 2;
/** Names denied before what a resolver denies is asked again: one may have gone meanwhile. */
const DENIALS_TO_FLAG = 3;

/** A question whose right answer is known; it is asked among the others, once. */
export interface Canary extends DnsQuestion {
  readonly canary: 'positive' | 'absent' | 'candidate';
}

interface Standing {
  denials: number;
  asked: number;
  missed: number;
  lies: number;
}

/**
 * Measures the resolvers of one persona: names that exist and names that cannot exist are asked between the others. What
 * exists is what two independent resolvers know (or a trusted one), so it works in any network.
 */
export class CanaryWatch {
  readonly #random: Randomness;
  readonly #standings = new Map<string, Standing>();
  readonly #seen = new Set<string>();
  readonly #positives: string[] = [];
  /** Names that some resolvers know, by those that do. */
  readonly #candidates = new Map<string, { readonly witnesses: Set<string>; times: number; asked: number }>();
  readonly #denials = new Map<string, { readonly resolvers: Set<string>; times: number }>();
  readonly #zones: string[] = [];
  readonly #liars = new Set<string>();
  readonly #deniers = new Set<string>();
  #sinceLast = 0;
  #gap = 500;
  #trial: Promise<void> | null = null;
  #isTried = false;

  /** `positives` empty: well-known names. */
  constructor(positives: readonly string[], random: Randomness) {
    this.#random = random;
    for (const name of positives.length > 0 ? positives : WELL_KNOWN) this.#candidate(name);
  }

  get hasPositives(): boolean {
    return this.#positives.length > 0;
  }

  /** The first try of the resolvers, before what they say is believed; resolved where none has begun. */
  get tried(): Promise<void> {
    return this.#trial ?? Promise.resolve();
  }

  /** The first try is over. */
  get isTried(): boolean {
    return this.#isTried;
  }

  /** Begins the first try, unless one has begun; `trial` must not reject. */
  begin(trial: () => Promise<void>): void {
    this.#trial ??= trial().then(() => {
      this.#isTried = true;
    });
  }

  /** A random name that does not exist for certain; null while no zone is known to deny such names. */
  absent(): Canary | null {
    const zone = this.#pick(this.#zones);
    return zone === null ? null : this.absentIn(zone);
  }

  /** A random name below this zone. */
  absentIn(zone: string): Canary {
    return this.#ask(`${randomLabel(this.#random)}.${zone}`, 'absent');
  }

  /** True for a resolver that gave addresses to names that do not exist. */
  isLiar(resolver: string | null): boolean {
    return resolver !== null && this.#liars.has(resolver);
  }

  /** True for a resolver that denied names that exist. */
  isDenier(resolver: string | null): boolean {
    return resolver !== null && this.#deniers.has(resolver);
  }

  /** True for a resolver that was caught at either. */
  isInDoubt(resolver: string | null): boolean {
    return this.isLiar(resolver) || this.isDenier(resolver);
  }

  /** A resolver denies what others show. */
  noteDenier(resolver: string, metrics: Metrics): void {
    if (this.#deniers.has(resolver)) return;
    this.#deniers.add(resolver);
    metrics.add(`denying.${resolver}`);
  }

  /** A resolver has answered that was caught at neither. */
  get hasReliable(): boolean {
    for (const resolver of this.#seen) {
      if (!this.#liars.has(resolver) && !this.#deniers.has(resolver)) return true;
    }
    return false;
  }

  /** To be called for each question: gives the canary that is to go before it, mostly none. */
  due(perThousand: number): Canary | null {
    this.#sinceLast += perThousand;
    if (this.#sinceLast < this.#gap) return null;
    this.#sinceLast = 0;
    // Of changing length, on average 1,000: with a fixed one the same resolvers of a round would always be met.
    this.#gap = 500 + this.#random.below(1_000);
    return this.#next();
  }

  /** Names that exist, those that do not, and now and then one that is still to be confirmed. */
  #next(): Canary | null {
    const draw = this.#random.below(16);
    const wantsAbsent = draw < 8;
    const wantsCandidate = draw === 15 || this.#positives.length === 0;
    const absent = wantsAbsent ? this.absent() : null;
    if (absent !== null) return absent;
    const positive = wantsCandidate ? null : this.#pick(this.#positives);
    if (positive !== null) return this.#ask(positive, 'positive');
    const candidate = this.#pick([...this.#candidates.keys()]);
    return candidate === null ? null : this.#askCandidate(candidate);
  }

  /** A zone that denies random names: random names below it are absent for certain. */
  noteZone(zone: string): void {
    if (this.#zones.length < ZONES_KEPT && !this.#zones.includes(zone)) this.#zones.push(zone);
  }

  /** A name of the run that a resolver knows: it can serve once another one says so too. */
  noteFound(name: string, resolver: string | null): void {
    if (resolver !== null && this.#liars.has(resolver)) return;
    if (this.#positives.length < MOST_POSITIVES && this.#candidates.size < CANDIDATES_KEPT)
      this.#candidate(name);
  }

  /** A trusted resolver knows the name. */
  confirm(name: string): void {
    this.#candidates.delete(name);
    if (this.#positives.length < MOST_POSITIVES && !this.#positives.includes(name))
      this.#positives.push(name);
  }

  candidates(): readonly string[] {
    return [...this.#candidates.keys()];
  }

  /** Takes the answer to a canary; counts it, and acts on what the last ones say of the resolver. */
  answered(canary: Canary, answer: DnsAnswer, resolver: DnsResolver, metrics: Metrics): void {
    const { resolver: by } = answer;
    const verdict = verdictOf({ type: canary.type, answer });
    const says =
      verdict === 'OK' ? 'yes' : verdict === 'NXDOMAIN' || verdict === 'NOANSWER' ? 'no' : 'nothing';
    if (by !== null) this.#seen.add(by);
    if (canary.canary === 'candidate') {
      if (says === 'yes' && by !== null) this.#witness(canary.name, by);
      return;
    }
    const key = `canary.${by ?? 'unanswered'}`;
    metrics.add(`${key}.${canary.canary}Asked`);
    if (says === 'nothing') metrics.add(`${key}.${canary.canary}Undecided`);
    if (by === null) return;
    const standing = this.#standings.get(by) ?? { denials: 0, asked: 0, missed: 0, lies: 0 };
    this.#standings.set(by, standing);
    if (canary.canary === 'absent') {
      if (says !== 'yes') return;
      metrics.add(`${key}.falsePositive`);
      standing.lies += 1;
      if (standing.lies === LIES_TO_FLAG) {
        this.#liars.add(by);
        metrics.add(`lying.${by}`);
      }
      return;
    }
    standing.asked += 1;
    this.#noteWord(canary.name, by, says);
    if (says === 'no') {
      metrics.add(`${key}.falseNegative`);
      standing.denials += 1;
      if (standing.denials >= DENIALS_TO_FLAG) this.noteDenier(by, metrics);
    }
    if (says !== 'yes') standing.missed += 1;
    if (standing.asked < WINDOW) return;
    if (1 - standing.missed / standing.asked < RECALL_WANTED) {
      resolver.slowDown?.(by);
      metrics.add(`slowDown.${by}`);
    }
    standing.asked = 0;
    standing.missed = 0;
  }

  #candidate(name: string): void {
    if (!this.#candidates.has(name) && !this.#positives.includes(name))
      this.#candidates.set(name, { witnesses: new Set(), times: 0, asked: 0 });
  }

  /** A name that resolver after resolver denies exists no more: it is no measure any longer. */
  #noteWord(name: string, resolver: string, says: 'yes' | 'no' | 'nothing'): void {
    if (says === 'nothing') return;
    if (says === 'yes') {
      this.#denials.delete(name);
      return;
    }
    const denial = this.#denials.get(name) ?? { resolvers: new Set(), times: 0 };
    this.#denials.set(name, denial);
    denial.resolvers.add(resolver);
    denial.times += 1;
    if (denial.resolvers.size < WITNESSES && denial.times < DENIALS_OF_ONE) return;
    this.#denials.delete(name);
    const at = this.#positives.indexOf(name);
    if (at >= 0) this.#positives.splice(at, 1);
  }

  #witness(name: string, resolver: string): void {
    const candidate = this.#candidates.get(name);
    if (candidate === undefined || this.#liars.has(resolver)) return;
    candidate.witnesses.add(resolver);
    candidate.times += 1;
    const isAlone = this.#seen.size === 1 && candidate.times >= REPEATS_OF_ONE;
    if (candidate.witnesses.size >= WITNESSES || isAlone) this.confirm(name);
  }

  #askCandidate(name: string): Canary {
    const candidate = this.#candidates.get(name);
    if (candidate !== undefined) candidate.asked += 1;
    // Not known here: a private network has names of its own, which the run finds.
    if (candidate !== undefined && candidate.asked >= ASKED_IN_VAIN) this.#candidates.delete(name);
    return this.#ask(name, 'candidate');
  }

  #ask(name: string, canary: Canary['canary']): Canary {
    // One try, so that the answer speaks for one resolver.
    return { name, type: 'A', canary, isDoubtful: true };
  }

  #pick(names: readonly string[]): string | null {
    return names[names.length === 0 ? 0 : this.#random.below(names.length)] ?? null;
  }
}
