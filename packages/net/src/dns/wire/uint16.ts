/** The 16 bits at `at` in network order; the caller has made sure that they are there. */
export const uint16 = (message: Uint8Array, at: number): number =>
  ((message[at] as number) << 8) | (message[at + 1] as number);
