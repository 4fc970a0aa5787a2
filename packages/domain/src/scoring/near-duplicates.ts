/** What can make two leads near-duplicates, in the order of the bits of a reason. */
export const GROUP_REASONS = ['body', 'simhash', 'favicon', 'certificate', 'tracker'] as const;
export type GroupReason = (typeof GROUP_REASONS)[number];

/** Leads by number, 0 to n - 1, put together wherever something links two of them. */
export class NearDuplicates {
  readonly #parent: Int32Array;
  readonly #reasons: Uint8Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, index) => index);
    this.#reasons = new Uint8Array(size);
  }

  /** The least number of the group that the lead is in. */
  rootOf(lead: number): number {
    const parent = this.#parent;
    let root = lead;
    while (at(parent, root) !== root) root = at(parent, root);
    for (let next = lead; next !== root; ) {
      const above = at(parent, next);
      parent[next] = root;
      next = above;
    }
    return root;
  }

  /** What links the lead to others. */
  reasonsOf(lead: number): GroupReason[] {
    const bits = this.#reasons[lead] ?? 0;
    return GROUP_REASONS.filter((_, bit) => (bits & (1 << bit)) !== 0);
  }

  link(one: number, other: number, reason: GroupReason): void {
    const bit = 1 << GROUP_REASONS.indexOf(reason);
    this.#reasons[one] = at(this.#reasons, one) | bit;
    this.#reasons[other] = at(this.#reasons, other) | bit;
    const a = this.rootOf(one);
    const b = this.rootOf(other);
    if (a !== b) this.#parent[Math.max(a, b)] = Math.min(a, b);
  }
}

const at = (array: Int32Array | Uint8Array, index: number): number => array[index] ?? 0;
