/** The order in which a run takes ordinals: position p of it is the ordinal `ordinalAt(p)`. */
export interface Permutation {
  /** Ordinals are those of [0, size). */
  readonly size: number;
  ordinalAt(position: number): number;
  positionOf(ordinal: number): number;
}

const ROUNDS = 10;

/** The finaliser of MurmurHash3: each bit of the input moves each bit of the output. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A key of 128 bits as 32 hexadecimal digits. */
export const PERMUTATION_KEY = /^[0-9a-f]{32}$/;

/** A key of each round from the whole key. */
function roundKeys(key: string): Uint32Array {
  if (!PERMUTATION_KEY.test(key)) throw new Error('A key has 32 hexadecimal digits.');
  const words = [0, 8, 16, 24].map((at) => Number.parseInt(key.slice(at, at + 8), 16));
  const keys = new Uint32Array(ROUNDS);
  let state = 0x9e3779b9;
  for (let round = 0; round < ROUNDS; round++) {
    for (const word of words) state = mix((state ^ word) + 0x9e3779b9 * (round + 1));
    keys[round] = state;
  }
  return keys;
}

/**
 * A bijection of [0, size) that `key` chooses, for any size up to 2^53 − 1: a generalised Feistel network over a grid of
 * width × height ≥ size (Black and Rogaway, “Ciphers with Arbitrary Finite Domains”, 2002), walked on where it leaves
 * [0, size). The grid is larger by less than a row, so it hardly ever does. It hides an order from people who look at
 * traffic; it is no cipher.
 */
export function createPermutation(size: number, key: string): Permutation {
  if (!Number.isSafeInteger(size) || size < 0) throw new Error(`Not a size: ${size}`);
  const keys = roundKeys(key);
  const width = Math.max(1, Math.ceil(Math.sqrt(size)));
  const height = Math.max(1, Math.ceil(size / width));

  const encipher = (value: number): number => {
    let left = value % width;
    let right = Math.floor(value / width);
    for (let round = 0; round < ROUNDS; round += 2) {
      left = (left + (mix(right ^ (keys[round] as number)) % width)) % width;
      right = (right + (mix(left ^ (keys[round + 1] as number)) % height)) % height;
    }
    return right * width + left;
  };
  const decipher = (value: number): number => {
    let left = value % width;
    let right = Math.floor(value / width);
    for (let round = ROUNDS - 2; round >= 0; round -= 2) {
      right = (right + height - (mix(left ^ (keys[round + 1] as number)) % height)) % height;
      left = (left + width - (mix(right ^ (keys[round] as number)) % width)) % width;
    }
    return right * width + left;
  };
  const walk = (step: (value: number) => number, from: number): number => {
    if (!Number.isSafeInteger(from) || from < 0 || from >= size)
      throw new Error(`${from} is not below ${size}`);
    let value = step(from);
    while (value >= size) value = step(value);
    return value;
  };
  return {
    size,
    ordinalAt: (position) => walk(encipher, position),
    positionOf: (ordinal) => walk(decipher, ordinal),
  };
}
