/** Things by key, at most so many: one more, and that which has been unused for longest goes. */
export class RecentMap<Value> {
  readonly #most: number;
  /** In the order of their last use, as a map keeps the order of insertion. */
  readonly #values = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What is kept under the key; `make` is asked where there is nothing. */
  of(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    const value = known ?? make();
    this.#values.delete(key);
    const [oldest] = this.#values.keys();
    if (this.#values.size >= this.#most && oldest !== undefined) this.#values.delete(oldest);
    this.#values.set(key, value);
    return value;
  }

  forget(key: string): void {
    this.#values.delete(key);
  }

  /** The one unused for longest first. */
  values(): Value[] {
    return [...this.#values.values()];
  }
}
