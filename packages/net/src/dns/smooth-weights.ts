/**
 * Chooses by weight so that the chosen alternate as evenly as their weights allow: each gains its weight, the one with
 * most is chosen and pays for all (the smooth weighted round robin of nginx).
 */
export class SmoothWeights {
  readonly #weights: readonly number[];
  readonly #credits: number[];

  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.#credits = weights.map(() => 0);
  }

  /** The next among these indices, of which there is at least one; nothing is paid before `take`. */
  peek(among: readonly number[]): number {
    let best = among[0] as number;
    let most = Number.NEGATIVE_INFINITY;
    for (const index of among) {
      const credit = (this.#credits[index] as number) + (this.#weights[index] as number);
      if (credit <= most) continue;
      best = index;
      most = credit;
    }
    return best;
  }

  take(index: number, among: readonly number[]): void {
    let total = 0;
    for (const each of among) {
      const weight = this.#weights[each] as number;
      this.#credits[each] = (this.#credits[each] as number) + weight;
      total += weight;
    }
    this.#credits[index] = (this.#credits[index] as number) - total;
  }
}
