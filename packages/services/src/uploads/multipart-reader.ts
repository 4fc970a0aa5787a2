import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { type PartHeader, parsePartHeader } from './multipart-header.ts';
import { cutOff } from './read-pieces.ts';

const MAX_HEADER_BYTES = 16_384;
/** What may stand around the file: other fields, preamble and epilogue. */
const MAX_SKIPPED_BYTES = 1_048_576;
const MAX_PARTS = 100;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);
const CRLF = new Uint8Array([0x0d, 0x0a]);
const BLANK_LINE = new Uint8Array([0x0d, 0x0a, 0x0d, 0x0a]);

const malformed = (message: string): DomainFlowError => new DomainFlowError('MALFORMED_REQUEST', message);

/**
 * Reads a multipart/form-data body (RFC 7578) part by part, as it comes: whoever reads decides on the pace, and no part
 * is ever held in memory. `MALFORMED_REQUEST` where it is not one, or ends before its last delimiter.
 */
export class MultipartReader {
  readonly #pieces: AsyncGenerator<Uint8Array, void, undefined>;
  readonly #delimiter: Uint8Array;
  /** Begins with a line end, so that the first delimiter looks like the others. */
  #buffer: Uint8Array = CRLF;
  #inPart = true;
  #parts = 0;
  #skippedBytes = 0;

  constructor(pieces: AsyncGenerator<Uint8Array, void, undefined>, boundary: string) {
    this.#pieces = pieces;
    this.#delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  }

  /** The next part, past what is left of the current one; null after the last. */
  async nextPart(): Promise<PartHeader | null> {
    await this.#skipPart();
    while (this.#buffer.length < 2) await this.#fill();
    if (this.#buffer[0] === 0x2d && this.#buffer[1] === 0x2d) {
      await this.#skipRest();
      return null;
    }
    if (++this.#parts > MAX_PARTS) throw malformed(`The form has more than ${MAX_PARTS} parts.`);
    // The line end of the delimiter is the first half of the blank line where a part has no headers.
    let end = indexOfBytes(this.#buffer, BLANK_LINE);
    while (end < 0) {
      if (this.#buffer.length > MAX_HEADER_BYTES) throw malformed('The headers of a part are too long.');
      await this.#fill();
      end = indexOfBytes(this.#buffer, BLANK_LINE);
    }
    const block = new TextDecoder().decode(this.#buffer.subarray(0, end));
    this.#buffer = this.#buffer.subarray(end + BLANK_LINE.length);
    this.#inPart = true;
    return parsePartHeader(block) ?? { name: '', filename: null };
  }

  /** The next bytes of the current part; null at its end. */
  async readPart(): Promise<Uint8Array | null> {
    if (!this.#inPart) return null;
    while (true) {
      const at = this.#findDelimiter();
      if (at.index > 0) {
        const bytes = this.#buffer.subarray(0, at.index);
        this.#buffer = this.#buffer.subarray(at.index);
        return bytes;
      }
      if (at.isWhole) {
        this.#buffer = this.#buffer.subarray(this.#delimiter.length);
        this.#inPart = false;
        return null;
      }
      await this.#fill();
    }
  }

  /** Stops reading. */
  async cancel(): Promise<void> {
    await this.#pieces.return();
  }

  async #skipPart(): Promise<void> {
    for (let bytes = await this.readPart(); bytes !== null; bytes = await this.readPart()) this.#skip(bytes);
  }

  async #skipRest(): Promise<void> {
    this.#buffer = EMPTY;
    for await (const bytes of this.#pieces) this.#skip(bytes);
  }

  #skip(bytes: Uint8Array): void {
    this.#skippedBytes += bytes.length;
    if (this.#skippedBytes > MAX_SKIPPED_BYTES) throw malformed('The form holds too much besides the file.');
  }

  async #fill(): Promise<void> {
    const next = await this.#pieces.next();
    if (next.done === true) throw cutOff();
    if (this.#buffer.length === 0) {
      this.#buffer = next.value;
      return;
    }
    const joined = new Uint8Array(this.#buffer.length + next.value.length);
    joined.set(this.#buffer);
    joined.set(next.value, this.#buffer.length);
    this.#buffer = joined;
  }

  /** Where the delimiter begins, in whole or cut off by the end of the buffer; the buffer's length where it does not. */
  #findDelimiter(): { index: number; isWhole: boolean } {
    const buffer = this.#buffer;
    const delimiter = this.#delimiter;
    for (let at = buffer.indexOf(CR); at >= 0; at = buffer.indexOf(CR, at + 1)) {
      const compared = Math.min(delimiter.length, buffer.length - at);
      let same = 1;
      while (same < compared && buffer[at + same] === delimiter[same]) same++;
      if (same === compared) return { index: at, isWhole: compared === delimiter.length };
    }
    return { index: buffer.length, isWhole: false };
  }
}

function indexOfBytes(buffer: Uint8Array, wanted: Uint8Array): number {
  const last = buffer.length - wanted.length;
  for (let at = buffer.indexOf(CR); at >= 0 && at <= last; at = buffer.indexOf(CR, at + 1)) {
    if (wanted.every((byte, offset) => buffer[at + offset] === byte)) return at;
  }
  return -1;
}
