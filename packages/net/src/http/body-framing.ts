import { FetchFailure } from './failure.ts';
import type { ResponseHead } from './response-head.ts';

/** Takes the octets after the head; `push` returns true when the body is complete. */
export interface BodyFraming {
  push(chunk: Buffer): boolean;
  /** What the head says of the length; null where it says nothing. */
  readonly octets: number | null;
  /** Whether the peer may end the connection here without the body being cut. */
  readonly endsWithConnection: boolean;
  /** Octets came after the end of the body: the connection cannot be used again. */
  readonly hasExcess: boolean;
}

/** Takes octets that are valid during the call only. */
export type BodySink = (octets: Buffer) => void;

/** Longest chunk-size line with its extensions; all extensions and all trailers of a body together. */
const LINE_CAP = 4096;
const EXTENSIONS_CAP = 65_536;
const TRAILER_CAP = 65_536;
/** What a chunk-size line has room for without extensions counting: 12 digits and blanks. */
const PLAIN_LINE = 16;
const SIZE = /^[0-9]{1,15}$/;

/** Codings for the transfer that are undone as those of contents are, and what says that there is none. */
const UNDONE_LATER = new Set(['gzip', 'x-gzip', 'deflate', 'identity', '']);

const malformed = (detail: string): FetchFailure => new FetchFailure('ERROR', 'exchange', detail);

/** The framing that RFC 9112 section 6.3 gives to a response to GET; null where there is no body. */
export function framingOf(head: ResponseHead, sink: BodySink): BodyFraming | null {
  if (head.statusCode === 204 || head.statusCode === 304) return null;
  const encoding = head.headers['transfer-encoding'];
  if (encoding !== undefined) {
    if (encoding === 'chunked') return new ChunkedBody(sink);
    const codings = encoding
      .toLowerCase()
      .split(',')
      .map((coding) => coding.trim());
    const end = codings.indexOf('chunked');
    const compression = end < 0 ? codings : codings.slice(0, end);
    // Said once more by whatever stands before the server, chunks are still made once.
    const isKnown = codings.every((coding, at) =>
      at < compression.length ? UNDONE_LATER.has(coding) : coding === 'chunked',
    );
    if (!isKnown) throw malformed(`Unsupported transfer coding: ${encoding.slice(0, 100)}`);
    if (end >= 0) return new ChunkedBody(sink);
    if (compression.some((coding) => coding !== 'identity' && coding !== '')) return new BodyUntilClose(sink);
  }
  const length = head.headers['content-length'];
  if (length === undefined) return new BodyUntilClose(sink);
  if (SIZE.test(length)) return sizedBody(Number(length), sink);
  const sizes = new Set(length.split(',').map((size) => size.trim()));
  const [size] = sizes;
  if (sizes.size !== 1 || size === undefined || !SIZE.test(size)) {
    throw malformed(`Malformed Content-Length: ${length.slice(0, 100)}`);
  }
  return sizedBody(Number(size), sink);
}

const sizedBody = (octets: number, sink: BodySink): BodyFraming | null =>
  octets === 0 ? null : new SizedBody(octets, sink);

class SizedBody implements BodyFraming {
  readonly octets: number;
  readonly endsWithConnection = false;
  hasExcess = false;
  private left: number;
  private readonly sink: BodySink;

  constructor(octets: number, sink: BodySink) {
    this.octets = octets;
    this.left = octets;
    this.sink = sink;
  }

  push(chunk: Buffer): boolean {
    const part = chunk.length > this.left ? chunk.subarray(0, this.left) : chunk;
    this.hasExcess = chunk.length > part.length;
    this.left -= part.length;
    this.sink(part);
    return this.left === 0;
  }
}

class BodyUntilClose implements BodyFraming {
  readonly octets = null;
  readonly endsWithConnection = true;
  readonly hasExcess = false;
  private readonly sink: BodySink;

  constructor(sink: BodySink) {
    this.sink = sink;
  }

  push(chunk: Buffer): boolean {
    this.sink(chunk);
    return false;
  }
}

const CR = 13;
const LF = 10;

/** What the octets of a chunk size are worth; -1 for all others. */
const HEX = Int8Array.from({ length: 256 }, (_, octet) => {
  const digit = Number.parseInt(String.fromCharCode(octet), 16);
  return Number.isNaN(digit) ? -1 : digit;
});
const MOST_DIGITS = 12;

/** Strict chunked coding (RFC 9112 section 7.1): signs, blanks before sizes and missing line ends are refused. */
class ChunkedBody implements BodyFraming {
  readonly octets = null;
  readonly endsWithConnection = false;
  hasExcess = false;
  private state: 'size' | 'data' | 'after-data' | 'trailers' = 'size';
  private left = 0;
  private line: number[] = [];
  private trailerOctets = 0;
  private extensionOctets = 0;
  private readonly sink: BodySink;

  constructor(sink: BodySink) {
    this.sink = sink;
  }

  push(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.state === 'data') {
        const end = Math.min(chunk.length, at + this.left);
        this.sink(chunk.subarray(at, end));
        this.left -= end - at;
        at = end;
        if (this.left === 0) this.state = 'after-data';
        continue;
      }
      if (this.line.length === 0) {
        const next = this.betweenChunks(chunk, at);
        if (next > at) {
          at = next;
          continue;
        }
      }
      const octet = chunk[at++] as number;
      if (octet !== LF) {
        if (this.line.length >= LINE_CAP) throw malformed('A line of the chunked coding is too long');
        this.line.push(octet);
        continue;
      }
      // A line feed alone ends lines as well, as in heads: what writes it means nothing else.
      if (this.line.at(-1) === CR) this.line.pop();
      if (!this.endLine()) continue;
      this.hasExcess = at < chunk.length;
      return true;
    }
    return false;
  }

  /**
   * Reads the usual line without collecting it: the end of a chunk's data, or a bare size above zero. Gives where the
   * next begins, or `at` where the line is another one or not all there.
   */
  private betweenChunks(chunk: Buffer, at: number): number {
    if (this.state === 'after-data') {
      if (chunk[at] !== CR || chunk[at + 1] !== LF) return at;
      this.state = 'size';
      return at + 2;
    }
    if (this.state !== 'size') return at;
    let size = 0;
    let end = at;
    for (; end < chunk.length && end - at < MOST_DIGITS; end++) {
      const digit = HEX[chunk[end] as number] as number;
      if (digit < 0) break;
      size = size * 16 + digit;
    }
    if (size === 0 || chunk[end] !== CR || chunk[end + 1] !== LF) return at;
    this.left = size;
    this.state = 'data';
    return end + 2;
  }

  private endLine(): boolean {
    const line = this.line;
    this.line = [];
    switch (this.state) {
      case 'size':
        this.extensionOctets += Math.max(0, line.length - PLAIN_LINE);
        if (this.extensionOctets > EXTENSIONS_CAP) throw malformed('The chunk extensions are too long');
        this.left = chunkSize(line);
        this.state = this.left === 0 ? 'trailers' : 'data';
        return false;
      case 'after-data':
        if (line.length > 0) throw malformed('A chunk is longer than its size says');
        this.state = 'size';
        return false;
      case 'trailers':
        this.trailerOctets += line.length;
        if (this.trailerOctets > TRAILER_CAP) throw malformed('The trailers are too long');
        return line.length === 0;
      case 'data':
        return false;
    }
  }
}

function chunkSize(line: readonly number[]): number {
  const text = String.fromCharCode(...line);
  const size = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(text)?.[1];
  if (size === undefined) throw malformed(`Malformed chunk size: ${JSON.stringify(text.slice(0, 40))}`);
  return Number.parseInt(size, 16);
}
