import { parseDomainName } from '@domainflow/domain/domain-name/parse-domain-name.ts';
import { type Line, LineSplitter } from './line-splitter.ts';
import { TextReader } from './text-reader.ts';

/** Longer lines hold no name, and are not kept in memory. */
const MAX_LINE_LENGTH = 4_096;
const MAX_FIRST_REJECTIONS = 20;
const MAX_REJECTED_TEXT = 120;

export interface Rejections {
  /** Number of rejected lines by reason: those of domain names, and `LINE_TOO_LONG`. */
  readonly byReason: Record<string, number>;
  readonly first: { line: number; text: string; reason: string }[];
}

/** Names of one piece of the file, each once, with the lines that they were first seen on. */
export interface NameChunk {
  readonly lines: number[];
  readonly names: string[];
}

/** What one line holds: an entry in its normal form, or why it holds none (`EMPTY` for a blank one). */
export type ParsedLine =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a file of names, or of other entries where it is given their parser: one a line, blank lines and those that begin
 * with `#` ignored. Holds at most one chunk, so that memory does not grow with the file.
 */
export class NameIntake {
  readonly #text = new TextReader();
  readonly #splitter = new LineSplitter(MAX_LINE_LENGTH);
  readonly #seen = new Map<string, number>();
  readonly #parse: (text: string) => ParsedLine;
  /** What its entries are called to people. */
  readonly noun: string;
  readonly rejections: Rejections = { byReason: {}, first: [] };
  lines = 0;
  /** Lines with a name, whether it has been seen before or not. */
  named = 0;
  rejected = 0;

  constructor(parse: (text: string) => ParsedLine = parseDomainName, noun = 'names') {
    this.#parse = parse;
    this.noun = noun;
  }

  push(bytes: Uint8Array): void {
    this.#splitter.push(this.#text.push(bytes), this.#takeLine);
  }

  end(): void {
    this.#splitter.push(this.#text.end(), this.#takeLine);
    this.#splitter.end(this.#takeLine);
  }

  /** Names that wait to be taken out with `takeChunk`. */
  get waiting(): number {
    return this.#seen.size;
  }

  takeChunk(): NameChunk {
    const chunk = { names: [...this.#seen.keys()], lines: [...this.#seen.values()] };
    this.#seen.clear();
    return chunk;
  }

  /** Takes one entry that has been read already, as if it were a line. */
  take(text: string): void {
    this.#takeLine({ text, isTooLong: text.length > MAX_LINE_LENGTH });
  }

  readonly #takeLine = ({ text, isTooLong }: Line): void => {
    this.lines++;
    if (isTooLong) {
      this.#reject(text, 'LINE_TOO_LONG');
      return;
    }
    const parsed = this.#parse(text);
    if (parsed.ok) {
      this.named++;
      if (!this.#seen.has(parsed.name)) this.#seen.set(parsed.name, this.lines);
    } else if (parsed.reason !== 'EMPTY' && !text.trimStart().startsWith('#')) {
      this.#reject(text, parsed.reason);
    }
  };

  #reject(text: string, reason: string): void {
    this.rejected++;
    const { byReason, first } = this.rejections;
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    if (first.length < MAX_FIRST_REJECTIONS) {
      // Cutting can leave half of a character, which no JSON column takes.
      first.push({ line: this.lines, text: text.slice(0, MAX_REJECTED_TEXT).toWellFormed(), reason });
    }
  }
}
