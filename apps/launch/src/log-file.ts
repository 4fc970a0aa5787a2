import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import path from 'node:path';

const MAX_BYTES = 20 * 1024 * 1024;

/** A log of one part of the stack. It is turned over at 20 MB, and a full disk never stops the part that writes it. */
export class LogFile {
  readonly file: string;
  #stream: WriteStream;
  #bytes: number;

  readonly #onLine: (line: string) => void;

  constructor(folder: string, name: string, onLine: (line: string) => void) {
    this.#onLine = onLine;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.file = path.join(folder, `${name}.log`);
    this.#bytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  write(line: string): void {
    this.#onLine(line);
    if (this.#bytes > MAX_BYTES) this.#turnOver();
    this.#bytes += line.length + 1;
    this.#stream.write(`${line}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.destroyed) resolve();
      else this.#stream.end(resolve);
    });
  }

  #turnOver(): void {
    this.#stream.end();
    renameSync(this.file, `${this.file}.1`);
    this.#bytes = 0;
    this.#stream = this.#open();
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.file, { flags: 'a', mode: 0o600 });
    stream.on('error', () => stream.destroy());
    return stream;
  }
}
