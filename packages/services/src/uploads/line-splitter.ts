const LF = 10;
const CR = 13;

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
    let begin = this.#afterCr && text.charCodeAt(0) === LF ? 1 : 0;
    let cr = text.indexOf('\r', begin);
    let lf = text.indexOf('\n', begin);
    // Each end is searched for once: a file of many short lines costs no list of them.
    while (cr >= 0 || lf >= 0) {
      const end = cr < 0 || (lf >= 0 && lf < cr) ? lf : cr;
      this.#extend(text.slice(begin, end));
      this.#emit(onLine);
      begin = end === cr && lf === cr + 1 ? end + 2 : end + 1;
      if (cr >= 0 && cr < begin) cr = text.indexOf('\r', begin);
      if (lf >= 0 && lf < begin) lf = text.indexOf('\n', begin);
    }
    this.#afterCr = text.charCodeAt(text.length - 1) === CR;
    if (begin < text.length) this.#extend(text.slice(begin));
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
