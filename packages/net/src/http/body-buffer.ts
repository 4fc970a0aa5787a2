/** Allocated before anything has come, whatever a head promises: heads of slow sites must not cost memory. */
const FIRST_BYTES = 65_536;
const UNKNOWN_BYTES = 16_384;
/** What servers put behind the end tag of a page is short. */
const TAIL_BYTES = 4_096;

/** Collects a body, copying it: one allocation where its length is known and usual. */
export class BodyBuffer {
  size = 0;
  private octets: Buffer | null = null;
  private readonly capBytes: number;
  private readonly expectedBytes: number;

  /** At most `capBytes` are kept. `expectedBytes` is what the head says, null where it says nothing. */
  constructor(capBytes: number, expectedBytes: number | null) {
    this.capBytes = capBytes;
    this.expectedBytes = Math.min(capBytes, FIRST_BYTES, expectedBytes ?? UNKNOWN_BYTES);
  }

  get isFull(): boolean {
    return this.size >= this.capBytes;
  }

  push(chunk: Buffer): void {
    const end = Math.min(this.capBytes, this.size + chunk.length);
    if (end === this.size) return;
    const octets = this.withRoomFor(end);
    const fits = end - this.size === chunk.length;
    octets.set(fits ? chunk : chunk.subarray(0, end - this.size), this.size);
    this.size = end;
  }

  /** Whether the end tag of a page is among the last octets: nothing that follows it is shown. */
  get endsAsPage(): boolean {
    const { octets, size } = this;
    return (
      octets !== null && /<\/html\s*>/i.test(octets.toString('latin1', Math.max(0, size - TAIL_BYTES), size))
    );
  }

  /** Gives it away. */
  take(): Buffer {
    const { octets } = this;
    this.octets = null;
    return octets === null ? Buffer.alloc(0) : octets.subarray(0, this.size);
  }

  private withRoomFor(end: number): Buffer {
    const { octets } = this;
    if (octets !== null && octets.length >= end) return octets;
    const wider = octets === null ? this.expectedBytes : Math.min(this.capBytes, octets.length * 2);
    const next = Buffer.allocUnsafeSlow(Math.max(end, wider));
    octets?.copy(next, 0, 0, this.size);
    this.octets = next;
    return next;
  }
}
