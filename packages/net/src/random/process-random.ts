import { randomFillSync } from 'node:crypto';
import type { Randomness } from '@domainflow/domain/random.ts';

/** Randomness of the process, drawn in bulk from its cryptographic source. */
export function createProcessRandom(): Randomness {
  const pool = new Uint32Array(256);
  let used = pool.length;
  return {
    below(limit) {
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      const drawn = pool[used] ?? 0;
      used += 1;
      // 32 bits over at most 65,536 values: the bias is below one in 65,536.
      return drawn % limit;
    },
  };
}
