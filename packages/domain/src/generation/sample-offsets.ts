/** 2^32 divided by the golden ratio: its multiples spread evenly, whatever the stride they are added to. */
const GOLDEN = 2_654_435_769n;
const TWO_32 = 1n << 32n;

/**
 * `n` distinct offsets in [0, size), rising, one in each of `n` equal parts; all of them where there are no more. The
 * place within the part varies, because a fixed stride would show the same TLD and the same last letters each time.
 */
export function sampleOffsets(size: bigint, n: number): bigint[] {
  const count = BigInt(n);
  if (size <= count) return Array.from({ length: Number(size) }, (_, index) => BigInt(index));
  return Array.from({ length: n }, (_, index) => {
    const from = (BigInt(index) * size) / count;
    const width = (BigInt(index + 1) * size) / count - from;
    const share = (BigInt(index) * GOLDEN) % TWO_32;
    return from + ((width * share) >> 32n);
  });
}
