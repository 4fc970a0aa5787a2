/** A line that was cut off at the limit has `isTooLong`; its text is only its beginning. */
export interface Line {
  readonly text: string;
  readonly isTooLong: boolean;
}

/**
 * Splits text that comes in pieces into lines, at LF, CRLF or CR. A line longer than the limit is never held: its
 * beginning is kept, the rest passes by.
 */
export class LineSplitter {
  readonly #maxLength: number;
  /** The line that has begun, or its beginning. */
  #open = '';
  #isTooLong = false;
  /** The last piece ended with CR: an LF that follows belongs to it. */
  #afterCr = false;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Gives `onLine` each line that ends within `text`. */
  push(text: string, onLine: (line: Line) => void): void {
    if (text === '') return;
    const from = this.#afterCr && text.startsWith('\n') ? 1 : 0;
    const lines = text.slice(from).split(/\r\n|\n|\r/);
    this.#afterCr = text.endsWith('\r');
    const last = lines.length - 1;
    for (const [index, part] of lines.entries()) {
      this.#extend(part);
      if (index === last) break;
      this.#emit(onLine);
    }
  }

  /** Gives `onLine` the last line where the text did not end with a line end. */
  end(onLine: (line: Line) => void): void {
    if (this.#open !== '' || this.#isTooLong) this.#emit(onLine);
  }

  #extend(part: string): void {
    if (this.#isTooLong) return;
    this.#open = this.#open === '' ? part : this.#open + part;
    if (this.#open.length > this.#maxLength) {
      this.#open = this.#open.slice(0, this.#maxLength);
      this.#isTooLong = true;
    }
  }

  #emit(onLine: (line: Line) => void): void {
    const line = { text: this.#open, isTooLong: this.#isTooLong };
    this.#open = '';
    this.#isTooLong = false;
    onLine(line);
  }
}
