const LENGTH_OCTETS = 2;

/** A message as it goes over TCP: two octets of length before it (RFC 1035, 4.2.2). A copy. */
export function framed(packets: Uint8Array, offset: number, length: number): Buffer {
  const frame = Buffer.allocUnsafe(length + LENGTH_OCTETS);
  frame.writeUInt16BE(length, 0);
  frame.set(packets.subarray(offset, offset + length), LENGTH_OCTETS);
  return frame;
}

/** Cuts a stream into messages, however it is split; holds less than one message (64 KB) back. */
export class FrameReader {
  #held: Buffer[] = [];
  #heldLength = 0;

  /** Takes what arrived and gives each message that is complete to `onMessage`. */
  read(chunk: Buffer, onMessage: (message: Uint8Array) => void): void {
    this.#held.push(chunk);
    this.#heldLength += chunk.length;
    if (this.#heldLength < LENGTH_OCTETS) return;
    // One octet at a time would otherwise be joined anew for each.
    if (this.#held.length > 1 && this.#heldLength < LENGTH_OCTETS + this.#wanted()) return;
    const [only, ...others] = this.#held as [Buffer, ...Buffer[]];
    let rest = others.length === 0 ? only : Buffer.concat(this.#held);
    while (rest.length >= LENGTH_OCTETS) {
      const end = LENGTH_OCTETS + rest.readUInt16BE(0);
      if (rest.length < end) break;
      onMessage(rest.subarray(LENGTH_OCTETS, end));
      rest = rest.subarray(end);
    }
    this.#held = rest.length === 0 ? [] : [rest];
    this.#heldLength = rest.length;
  }

  #wanted(): number {
    const [first] = this.#held as [Buffer];
    if (first.length < LENGTH_OCTETS) {
      this.#held = [Buffer.concat(this.#held)];
      return (this.#held[0] as Buffer).readUInt16BE(0);
    }
    return first.readUInt16BE(0);
  }
}
