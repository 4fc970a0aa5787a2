import { invalidInput } from '@domainflow/domain/errors.ts';

/** First bytes of what people upload by mistake. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x1f, 0x8b], what: 'a gzip archive: unpack it first' },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a zip archive or an office document: unpack it, or save it as text',
  },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty zip archive' },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive: unpack it first' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive: unpack it first' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive: unpack it first' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive: unpack it first' },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], what: 'a PDF document: save its text first' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program' },
  { bytes: [0xff, 0xfe], what: 'text in UTF-16: save it as UTF-8' },
  { bytes: [0xfe, 0xff], what: 'text in UTF-16: save it as UTF-8' },
];
const HEAD_BYTES = 8;

function checkHead(head: Uint8Array): void {
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (found !== undefined) throw invalidInput(`The file is ${found.what}.`, 'file');
}

/**
 * Turns the bytes of a file, in pieces of any size, into text. `INVALID_INPUT` where they are not text in UTF-8: known
 * binary formats and UTF-16 by their first bytes, NUL, sequences that UTF-8 does not have. A byte order mark is dropped.
 */
export class TextReader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #head: Uint8Array | null = new Uint8Array(0);

  /** The text of `bytes`, as far as it is complete. */
  push(bytes: Uint8Array): string {
    if (this.#head === null) return this.#decode(bytes, true);
    const joined = new Uint8Array(this.#head.length + bytes.length);
    joined.set(this.#head);
    joined.set(bytes, this.#head.length);
    this.#head = joined;
    if (joined.length < HEAD_BYTES) return '';
    checkHead(joined);
    this.#head = null;
    return this.#decode(joined, true);
  }

  /** What was still held back. */
  end(): string {
    const head = this.#head;
    this.#head = null;
    if (head === null) return this.#decode(new Uint8Array(0), false);
    checkHead(head);
    return this.#decode(head, false);
  }

  #decode(bytes: Uint8Array, more: boolean): string {
    // Looked for in the bytes: the search is many times faster there.
    if (bytes.includes(0)) {
      throw invalidInput('The file is not text: it contains NUL bytes. Save it as text in UTF-8.', 'file');
    }
    try {
      return this.#decoder.decode(bytes, { stream: more });
    } catch {
      throw invalidInput('The file is not text in UTF-8. Save it in that encoding.', 'file');
    }
  }
}
