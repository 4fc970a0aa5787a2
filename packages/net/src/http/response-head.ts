import { FetchFailure } from './failure.ts';

/** Status line and header section of a final (not 1xx) response. */
export interface ResponseHead {
  readonly statusCode: number;
  /** Lower-case names; values of repeated fields joined with `, `, of `set-cookie` with a line feed. */
  readonly headers: Readonly<Record<string, string>>;
  /** The server keeps the connection open after the response (RFC 9112, 9.3). */
  readonly isPersistent: boolean;
}

/** Octets of heads, interim responses included, after which a response is refused. */
export const HEAD_CAP_BYTES = 65_536;

const malformed = (detail: string): FetchFailure => new FetchFailure('ERROR', 'exchange', detail);

/** Collects octets until the head is complete. Chunks are valid during the call only; whole heads are not copied. */
export class HeadReader {
  private store: Buffer = NOTHING;
  private held = 0;
  private spent = 0;

  get isEmpty(): boolean {
    return this.held === 0 && this.spent === 0;
  }

  /** The head and the octets after it, or null while it is incomplete. Throws on a malformed or oversized head. */
  push(chunk: Buffer): { head: ResponseHead; rest: Buffer } | null {
    let from = Math.max(0, this.held - 3);
    let octets = this.held === 0 ? chunk : this.append(chunk);
    for (;;) {
      const end = endOfHead(octets, from);
      if (this.spent + (end === null ? octets.length : end.start) > HEAD_CAP_BYTES) {
        throw malformed(`The response head is longer than ${HEAD_CAP_BYTES} octets`);
      }
      if (!startsLikeHttp(octets)) throw malformed('The reply is not HTTP/1.1');
      if (end === null) {
        this.keep(octets);
        return null;
      }
      const head = parseHead(octets.toString('latin1', 0, end.start));
      const rest = octets.subarray(end.next);
      if (head.statusCode >= 200) return { head, rest };
      if (head.statusCode === 101) throw malformed('The server switched protocols unasked');
      // Interim response: the final one follows, under the same cap.
      this.spent += end.next;
      octets = rest;
      from = 0;
    }
  }

  /** What is held, with the chunk: a head that comes octet by octet is not copied with each of them. */
  private append(chunk: Buffer): Buffer {
    const size = this.held + chunk.length;
    if (size > this.store.length) {
      const wider = Buffer.allocUnsafe(Math.max(size, this.store.length * 2, LEAST_STORE_BYTES));
      this.store.copy(wider, 0, 0, this.held);
      this.store = wider;
    }
    this.store.set(chunk, this.held);
    this.held = size;
    return this.store.subarray(0, size);
  }

  private keep(octets: Buffer): void {
    if (octets.buffer === this.store.buffer && octets.byteOffset === this.store.byteOffset) return;
    this.held = 0;
    this.append(octets);
  }
}

const NOTHING = Buffer.alloc(0);
const LEAST_STORE_BYTES = 1_024;

const CR = 13;
const LF = 10;

/** Where the first empty line is; each line is ended by CRLF or by LF, as programs behind servers mix them. A loop is quicker than two native searches of so few octets. */
export function endOfHead(octets: Buffer, from: number): { start: number; next: number } | null {
  for (let at = from; at < octets.length; at++) {
    if (octets[at] !== LF) continue;
    if (octets[at + 1] === LF) return { start: at, next: at + 2 };
    if (octets[at + 1] === CR && octets[at + 2] === LF)
      return { start: octets[at - 1] === CR ? at - 1 : at, next: at + 3 };
  }
  return null;
}

const PREFIX = 'HTTP/1.';

function startsLikeHttp(octets: Buffer): boolean {
  const length = Math.min(octets.length, PREFIX.length);
  for (let i = 0; i < length; i++) if (octets[i] !== PREFIX.charCodeAt(i)) return false;
  return true;
}

function parseHead(text: string): ResponseHead {
  const firstEnd = endOfLine(text, 0);
  const first = text.slice(0, firstEnd);
  const status = /^HTTP\/1\.([01]) +([1-9][0-9]{2})(?:[ \r]|$)/.exec(first);
  if (status === null) throw malformed(`Malformed status line: ${JSON.stringify(first.slice(0, 60))}`);
  const headers: Record<string, string> = Object.create(null);
  const hasNul = text.includes('\0');
  let last = '';
  for (let at = firstEnd + 1, end = 0; at < text.length; at = end + 1) {
    end = endOfLine(text, at);
    const line = text.slice(at, end);
    const octet = line.charCodeAt(0);
    if (octet === 32 || octet === 9) {
      // Obsolete line folding: RFC 9112 section 5.2 lets a user agent read it as a blank.
      if (last !== '') headers[last] = `${headers[last]} ${fieldValue(line, hasNul)}`;
      continue;
    }
    const colon = line.indexOf(':');
    // Browsers pass over lines that are no fields; refusing the whole site would be the less truthful answer.
    if (colon <= 0) continue;
    last = line.slice(0, colon).trimEnd().toLowerCase();
    if (last === '__proto__') continue;
    const value = fieldValue(line.slice(colon + 1), hasNul);
    const before = headers[last];
    // Joined they would name a third place: the first counts, as in curl and Go.
    if (last === 'location' && before !== undefined) continue;
    headers[last] = before === undefined ? value : `${before}${last === 'set-cookie' ? '\n' : ', '}${value}`;
  }
  const connection = (headers['connection'] ?? '').toLowerCase();
  const isPersistent = status[1] === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
  return { statusCode: Number(status[2]), headers, isPersistent };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const fieldValue = (text: string, hasNul: boolean): string =>
  (hasNul ? text.replaceAll('\0', '') : text).trim();
