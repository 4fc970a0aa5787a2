import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders, Settings } from 'node:http2';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import { ConnectionPause } from './connection-pause.ts';
import { openDohSession } from './doh-session.ts';
import type { DohTarget } from './doh-target.ts';
import type { Lane, LaneEvents } from './lane.ts';

const MEDIA_TYPE = 'application/dns-message';
/** No DNS message is longer. */
const MOST_OCTETS = 65_535;
const IDLE_MS = 30_000;
/** Where the server does not say how many it takes (RFC 9113, 6.5.2 recommends no fewer). */
const STREAMS_WITHOUT_WORD = 100;
/** Error codes of RFC 9113, 7. */
const REFUSED_STREAM = 7;
const CANCEL = 8;

export interface DohServer {
  readonly url: URL;
  readonly method: DnsPersona['dohMethod'];
  readonly timeoutMs: number;
  /** Looks the host up and asks the guard, for each connection anew. */
  readonly findTarget: () => Promise<DohTarget>;
}

/** One HTTP/2 session with a stream for each query (RFC 8484), opened again when it is needed and closed. */
export class DohLane implements Lane {
  readonly #server: DohServer;
  readonly #events: LaneEvents;
  readonly #streams = new Map<number, ClientHttp2Stream>();
  readonly #pause = new ConnectionPause();
  #session: ClientHttp2Session | null = null;
  #opening: Promise<void> | null = null;
  /** Wait for the session that is being opened. */
  #waiting = new Map<number, Buffer>();
  #mostStreams = STREAMS_WITHOUT_WORD;
  #heardMs = 0;
  #isClosed = false;

  private constructor(server: DohServer, events: LaneEvents) {
    this.#server = server;
    this.#events = events;
  }

  /** Rejects with words for a person where no session comes about. */
  static async open(server: DohServer, events: LaneEvents): Promise<DohLane> {
    const lane = new DohLane(server, events);
    await lane.#open();
    return lane;
  }

  get hasRoom(): boolean {
    const underWay = this.#streams.size + this.#waiting.size;
    const allowed = Math.min(this.#mostStreams, this.#pause.allowed);
    return underWay < allowed && (this.#session !== null || this.#pause.isOver);
  }

  /** 0, so that caches on the way see the same request for the same question (RFC 8484, 4.1). */
  assign(): number {
    return 0;
  }

  forget(slot: number, _id: number, silentSinceMs: number | null): void {
    this.#waiting.delete(slot);
    const stream = this.#streams.get(slot);
    this.#streams.delete(slot);
    if (stream !== undefined && !stream.closed) stream.close(CANCEL);
    // Nothing at all came since: the connection itself may be dead.
    if (silentSinceMs === null || this.#heardMs >= silentSinceMs) return;
    if (this.#pause.isDeadAfterSilence()) this.#session?.destroy();
  }

  send(slot: number, packets: Buffer, offset: number, length: number): void {
    const query = Buffer.from(packets.subarray(offset, offset + length));
    if (this.#session !== null) {
      this.#request(this.#session, slot, query);
      return;
    }
    this.#waiting.set(slot, query);
    this.#open().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.clear();
    this.#streams.clear();
    this.#session?.destroy();
    await this.#opening?.catch(() => undefined);
  }

  #open(): Promise<void> {
    this.#opening ??= this.#openSession().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #openSession(): Promise<void> {
    const { url, findTarget, timeoutMs } = this.#server;
    try {
      const session = await openDohSession(url, findTarget, timeoutMs);
      if (this.#isClosed) {
        session.destroy();
        return;
      }
      if (session.closed || session.destroyed) throw new Error(`${url.host} took leave at once`);
      this.#use(session);
    } catch (error) {
      const lost = [...this.#waiting.keys()];
      this.#waiting.clear();
      this.#pause.ended(lost.length);
      const problem = error instanceof Error ? error.message : String(error);
      for (const slot of lost) this.#events.onLost(slot, problem, false);
      throw error;
    }
  }

  #use(session: ClientHttp2Session): void {
    this.#session = session;
    this.#heardMs = performance.now();
    const leave = (): void => {
      if (this.#session !== session) return;
      this.#session = null;
      this.#pause.ended(this.#streams.size);
    };
    session.on('error', () => undefined);
    const takeSettings = ({ maxConcurrentStreams }: Settings): void => {
      this.#mostStreams = Math.max(1, maxConcurrentStreams ?? STREAMS_WITHOUT_WORD);
    };
    takeSettings(session.remoteSettings);
    session.on('remoteSettings', takeSettings);
    // What is open may still be answered; what is new goes over another session (RFC 9113, 6.8).
    session.on('goaway', leave);
    session.on('close', leave);
    session.setTimeout(IDLE_MS, () => {
      if (this.#streams.size === 0) session.close();
    });
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [slot, query] of waiting) this.#request(session, slot, query);
  }

  #headers(query: Buffer): OutgoingHttpHeaders {
    const { url, method } = this.#server;
    const path = `${url.pathname}${url.search}`;
    const common = { ':authority': url.host, ':scheme': 'https', accept: MEDIA_TYPE };
    if (method === 'POST') {
      return {
        ...common,
        ':method': 'POST',
        ':path': path,
        'content-type': MEDIA_TYPE,
        'content-length': query.length,
      };
    }
    const variable = `${url.search === '' ? '?' : '&'}dns=${query.toString('base64url')}`;
    return { ...common, ':method': 'GET', ':path': `${path}${variable}` };
  }

  #request(session: ClientHttp2Session, slot: number, query: Buffer): void {
    let stream: ClientHttp2Stream;
    try {
      stream = session.request(this.#headers(query), { endStream: this.#server.method === 'GET' });
    } catch (error) {
      // The session ended a moment ago.
      queueMicrotask(() => this.#events.onLost(slot, String(error), this.#pause.forgives()));
      return;
    }
    this.#streams.set(slot, stream);
    const { host } = this.#server.url;
    const chunks: Buffer[] = [];
    let length = 0;
    let problem: string | null = null;
    let parts = 0;
    // Head and end of the body: Deno may tell of the head last.
    const onPart = (): void => {
      parts += 1;
      if (parts < 2 || problem !== null || length === 0 || this.#streams.get(slot) !== stream) return;
      this.#streams.delete(slot);
      this.#pause.replied();
      this.#events.onMessage(slot, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    stream.on('response', (headers) => {
      this.#heardMs = performance.now();
      const type = String(headers['content-type'] ?? '').split(';')[0] ?? '';
      if (headers[':status'] !== 200) problem = `${host} answered with HTTP ${headers[':status']}`;
      else if (type.trim().toLowerCase() !== MEDIA_TYPE) problem = `${host} is no DoH server`;
      onPart();
    });
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_OCTETS) stream.close(CANCEL);
      else chunks.push(chunk);
    });
    stream.on('end', onPart);
    stream.on('error', () => undefined);
    stream.on('close', () => {
      if (this.#streams.get(slot) !== stream) return;
      this.#streams.delete(slot);
      // Servers end sessions after so many requests; what they have not begun they refuse (RFC 9113, 6.8 and 8.7).
      const hasLeft = session.closed || session.destroyed || stream.rstCode === REFUSED_STREAM;
      this.#events.onLost(slot, problem, problem === null && hasLeft && this.#pause.forgives());
    });
    if (this.#server.method === 'POST') stream.end(query);
  }
}
