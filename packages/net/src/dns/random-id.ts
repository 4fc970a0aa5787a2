import { randomFillSync } from 'node:crypto';

const pool = new Uint16Array(8_192);
let used = pool.length;

/** A 16-bit message id that nobody can foresee; drawn in bulk, since a call for each query would cost more than it. */
export function randomId(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const id = pool[used] as number;
  used += 1;
  return id;
}
