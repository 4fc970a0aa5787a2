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
const END_CRLF = Buffer.from('\r\n\r\n');
const END_LF = Buffer.from('\n\n');

/** Collects octets until the head is complete. Chunks are valid during the call only; whole heads are not copied. */
export class HeadReader {
  private held: Buffer = Buffer.alloc(0);
  private spent = 0;

  get isEmpty(): boolean {
    return this.held.length === 0 && this.spent === 0;
  }

  /** The head and the octets after it, or null while it is incomplete. Throws on a malformed or oversized head. */
  push(chunk: Buffer): { head: ResponseHead; rest: Buffer } | null {
    let octets = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    let from = Math.max(0, this.held.length - 3);
    for (;;) {
      const end = endOfHead(octets, from);
      if (this.spent + (end === null ? octets.length : end.start) > HEAD_CAP_BYTES) {
        throw malformed(`The response head is longer than ${HEAD_CAP_BYTES} octets`);
      }
      if (!startsLikeHttp(octets)) throw malformed('The reply is not HTTP/1.1');
      if (end === null) {
        this.held = Buffer.from(octets);
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
}

function endOfHead(octets: Buffer, from: number): { start: number; next: number } | null {
  const crlf = octets.indexOf(END_CRLF, from);
  const lf = octets.subarray(0, crlf < 0 ? octets.length : crlf).indexOf(END_LF, from);
  if (lf >= 0) return { start: lf, next: lf + 2 };
  return crlf < 0 ? null : { start: crlf, next: crlf + 4 };
}

const PREFIX = 'HTTP/1.';

function startsLikeHttp(octets: Buffer): boolean {
  const length = Math.min(octets.length, PREFIX.length);
  for (let i = 0; i < length; i++) if (octets[i] !== PREFIX.charCodeAt(i)) return false;
  return true;
}

function parseHead(text: string): ResponseHead {
  const lines = text.split('\n');
  const status = /^HTTP\/1\.([01]) +([1-9][0-9]{2})(?:[ \r]|$)/.exec(lines[0] ?? '');
  if (status === null)
    throw malformed(`Malformed status line: ${JSON.stringify((lines[0] ?? '').slice(0, 60))}`);
  const headers: Record<string, string> = Object.create(null);
  let last = '';
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] as string;
    const first = line.charCodeAt(0);
    if (first === 32 || first === 9) {
      // Obsolete line folding: RFC 9112 section 5.2 lets a user agent read it as a blank.
      if (last !== '') headers[last] = `${headers[last]} ${fieldValue(line)}`;
      continue;
    }
    const colon = line.indexOf(':');
    // Browsers pass over lines that are no fields; refusing the whole site would be the less truthful answer.
    if (colon <= 0) continue;
    last = line.slice(0, colon).trimEnd().toLowerCase();
    if (last === '__proto__') continue;
    const value = fieldValue(line.slice(colon + 1));
    const before = headers[last];
    headers[last] = before === undefined ? value : `${before}${last === 'set-cookie' ? '\n' : ', '}${value}`;
  }
  const connection = (headers['connection'] ?? '').toLowerCase();
  const isPersistent = status[1] === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
  return { statusCode: Number(status[2]), headers, isPersistent };
}

const fieldValue = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text).trim();
