import { unitAt } from '../unit-at.ts';
import { storableText } from './storable-text.ts';

const SLOTS = 64;

/** Distinct names of classes, up to a number, none longer than so many units. */
export class ClassNames {
  private readonly names = new Set<string>();
  /** The last value of each slot: most elements have the classes of another one. */
  private readonly values = new Array<string | undefined>(SLOTS);
  /** None holds what is stored otherwise than it stands. */
  private isPlain = true;
  private readonly most: number;
  private readonly mostUnits: number;

  constructor(most: number, mostUnits: number) {
    this.most = most;
    this.mostUnits = mostUnits;
  }

  get isFull(): boolean {
    return this.names.size >= this.most;
  }

  /** Adds the names that `source[start, end)` has with white space between them. */
  add(source: string, start: number, end: number): void {
    if (this.isMet(source, start, end)) return;
    let from = start;
    for (let at = start; at <= end; at++) {
      if (at < end) {
        const unit = unitAt(source, at);
        if (unit > 0x20 && unit < 0xa0) continue;
        if (unit === 0 || unit >= 0xd800) this.isPlain = false;
        if (!isBlank(unit)) continue;
      }
      if (at > from && at - from <= this.mostUnits) {
        this.names.add(source.slice(from, at));
        if (this.isFull) return;
      }
      from = at + 1;
    }
  }

  /** Whether these were the last of their slot; they are from now on. */
  private isMet(source: string, start: number, end: number): boolean {
    if (end <= start) return true;
    const length = end - start;
    const middle = unitAt(source, start + (length >> 1));
    const slot = (length * 5 + middle * 3 + unitAt(source, end - 1)) & (SLOTS - 1);
    const value = source.slice(start, end);
    if (this.values[slot] === value) return true;
    this.values[slot] = value;
    return false;
  }

  stored(): string[] {
    const names = [...this.names];
    return this.isPlain ? names : names.map((name) => storableText(name, this.mostUnits));
  }
}

/** White space as `\s` has it; all of Latin-1 and what is rare beyond. */
const isBlank = (unit: number): boolean =>
  unit <= 0x20
    ? unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
    : unit >= 0xa0 && /\s/.test(String.fromCharCode(unit));
