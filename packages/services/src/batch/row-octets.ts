/** Octets put together before another buffer is begun; sent in one go, so that nothing else waits for more. */
const PIECE_BYTES = 128 * 1024;
/** Buffers kept for what comes next: left to the collector of garbage they would wait for it by the dozen. */
const MOST_SPARE = 128;
/** Octets that UTF-8 takes at most for a unit of a string. */
const MOST_BYTES_A_UNIT = 3;

const spare: Buffer[] = [];

/** Rows of one table as octets outside the heap. */
export class RowOctets {
  #pieces: Uint8Array[] = [];
  #open: Buffer | null = null;
  #used = 0;

  /** Adds a row; gives the octets that it takes. */
  add(row: string): number {
    const free = this.#open === null ? 0 : this.#open.length - this.#used;
    // Counting is for those that may not fit.
    const most = row.length * MOST_BYTES_A_UNIT;
    const octets = most <= free ? most : Buffer.byteLength(row);
    if (octets > free) this.#close();
    this.#open ??=
      octets > PIECE_BYTES
        ? Buffer.allocUnsafeSlow(octets)
        : (spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES));
    const written = this.#open.write(row, this.#used);
    this.#used += written;
    return written;
  }

  /** The rows added since the last call. */
  take(): readonly Uint8Array[] {
    this.#close();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #close(): void {
    if (this.#open !== null) this.#pieces.push(this.#open.subarray(0, this.#used));
    this.#open = null;
    this.#used = 0;
  }
}

/** These are stored: what they are kept in may be used again. */
export function releaseOctets(pieces: readonly Uint8Array[]): void {
  for (const { buffer } of pieces) {
    if (buffer.byteLength === PIECE_BYTES && spare.length < MOST_SPARE) spare.push(Buffer.from(buffer));
  }
}
