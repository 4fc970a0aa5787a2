/** Characters for each transition found out below which they are not worth it. */
const WORTH = 10;

/**
 * States of an automaton that is made while it runs, with their transitions. A transition is 0 where it is not known
 * yet, the row of the next state, or its complement where something is to be looked at there.
 */
export class LazyStates {
  /** From one row to the next: a column for each class, and one with the state's flags. */
  readonly stride: number;
  table: Int32Array;
  /** By state: where its threads stand. */
  private lists: Int32Array[] = [];
  /** How often everything has been forgotten: rows of before mean nothing then. */
  generation = 0;
  /** Transitions found out so far. */
  found = 0;
  private readonly maxEntries: number;
  private entries = 0;
  private readonly rows = new Map<string, number>();

  /** Transitions and threads kept, at most about; when they are full, all are forgotten. */
  constructor(width: number, maxEntries: number) {
    this.stride = width + 1;
    this.maxEntries = maxEntries;
    this.table = new Int32Array(this.stride * 8);
    this.clear();
  }

  get size(): number {
    return this.lists.length;
  }

  clear(): void {
    this.rows.clear();
    this.table.fill(0);
    // The first row is nobody's: a transition of 0 is one that is not known.
    this.lists = [new Int32Array(0)];
    this.entries = 0;
    this.generation++;
  }

  /** Whether finding out transitions has cost more than having them saved, over so many characters. */
  isWasteful(characters: number): boolean {
    return this.generation > 1 && this.found * WORTH > characters;
  }

  flagsOf(row: number): number {
    return this.table[row + this.stride - 1] as number;
  }

  /** The list of a row's state. */
  listOf(row: number): Int32Array {
    return this.lists[row / this.stride] as Int32Array;
  }

  /** The row of a state, made where there is none. Numbers are below 65,536. */
  rowOf(list: readonly number[], flags: number): number {
    const key = String.fromCharCode(flags, ...list);
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    if (this.entries > this.maxEntries) this.clear();
    this.entries += this.stride + list.length;
    const row = this.lists.length * this.stride;
    if (row + this.stride > this.table.length) {
      const larger = new Int32Array(this.table.length * 2);
      larger.set(this.table);
      this.table = larger;
    }
    this.lists.push(Int32Array.from(list));
    this.table[row + this.stride - 1] = flags;
    this.rows.set(key, row);
    return row;
  }
}

/** Rows of a few states that searches begin in, by a small number, as long as they are not forgotten. */
export class FirstRows {
  private readonly states: LazyStates;
  private rows: number[] = [];
  private generation = -1;

  constructor(states: LazyStates) {
    this.states = states;
  }

  /** The row kept under this number, or that which is made. */
  get(number: number, make: () => number): number {
    if (this.generation === this.states.generation) {
      const row = this.rows[number];
      if (row !== undefined) return row;
    }
    const row = make();
    // Making one may have made the states forget all others.
    if (this.generation !== this.states.generation) this.rows = [];
    this.generation = this.states.generation;
    this.rows[number] = row;
    return row;
  }
}
