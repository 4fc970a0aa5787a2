/** Spreads the bits of a 32-bit integer, so that neighbouring inputs give unrelated outputs (murmur3's finaliser). */
export function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of a text under a starting state; a lab's seed is the state for all of its names. */
export function hashText(text: string, state: number): number {
  let h = (state ^ 0x811c9dc5) | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return scramble(h ^ text.length);
}

/** An independent 32-bit draw from a hash: each question that is asked of a name has its own salt. */
export function draw(hash: number, salt: number): number {
  return scramble(hash ^ Math.imul(salt, 0x9e3779b1));
}

/** An independent draw in [0, 1). */
export function drawUnit(hash: number, salt: number): number {
  return draw(hash, salt) / 0x1_0000_0000;
}

/** A small repeatable stream of draws, for texts that need many of them. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** The next draw in [0, 1). */
  unit(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return scramble(this.state) / 0x1_0000_0000;
  }

  /** The next integer in [from, to], both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of the items; there must be at least one. */
  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)] as T;
  }

  /** `count` different items (or all of them, where there are fewer), in a drawn order. */
  sample<T>(items: readonly T[], count: number): T[] {
    const left = [...items];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) {
      taken.push(...left.splice(this.between(0, left.length - 1), 1));
    }
    return taken;
  }
}

/** Picks by weight from a table of [item, weight]; weights need not add up to anything. */
export function pickWeighted<T>(table: readonly (readonly [T, number])[], unit: number): T {
  let left = unit * table.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of table) {
    left -= weight;
    if (left < 0) return item;
  }
  return (table.at(-1) as readonly [T, number])[0];
}
