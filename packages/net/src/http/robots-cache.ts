import type { Clock } from '@domainflow/domain/clock.ts';
import type { RobotsRules } from '@domainflow/domain/http/robots.ts';

/** What is known of one authority's robots.txt. */
export interface KnownRobots {
  readonly because: 'missing' | 'rules';
  readonly rules: RobotsRules;
  readonly statusCode: number | null;
}

/** RFC 9309, 2.4 allows 24 hours; a run that was paused overnight asks again. */
const KEPT_MS = 3_600_000;
const MOST_BYTES = 16_777_216;
const ENTRY_BYTES = 300;
const RULE_BYTES = 60;

interface Entry {
  readonly known: KnownRobots;
  readonly untilMs: number;
  readonly bytes: number;
}

/** Rules of robots.txt by authority and agent, for all visits of a process, in bounded memory. */
export class RobotsCache {
  private readonly clock: Clock;
  private readonly entries = new Map<string, Entry>();
  private readonly pending = new Map<string, Promise<void>>();
  private bytes = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get(key: string): KnownRobots | null {
    const entry = this.entries.get(key);
    if (entry === undefined) return null;
    this.remove(key, entry);
    if (entry.untilMs <= this.clock.nowMs()) return null;
    // Put in again: a map keeps the order of insertion, and the one unused for longest goes first.
    this.add(key, entry);
    return entry.known;
  }

  set(key: string, known: KnownRobots): void {
    const before = this.entries.get(key);
    if (before !== undefined) this.remove(key, before);
    let bytes = ENTRY_BYTES + key.length * 2;
    for (const { pattern } of known.rules.rules) bytes += RULE_BYTES + pattern.length * 2;
    this.add(key, { known, bytes, untilMs: this.clock.nowMs() + KEPT_MS });
    for (const [oldest, entry] of this.entries) {
      if (this.bytes <= MOST_BYTES) break;
      this.remove(oldest, entry);
    }
  }

  /** Resolves when whoever asks this authority at present is done; null where nobody does. */
  asking(key: string): Promise<void> | null {
    return this.pending.get(key) ?? null;
  }

  /** To be called before an authority is asked; the returned function says that it was. */
  begin(key: string): () => void {
    let done: () => void = () => {};
    this.pending.set(key, new Promise((resolve) => (done = resolve)));
    return () => {
      this.pending.delete(key);
      done();
    };
  }

  private add(key: string, entry: Entry): void {
    this.entries.set(key, entry);
    this.bytes += entry.bytes;
  }

  private remove(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.bytes -= entry.bytes;
  }
}
