import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type LabIdentity, planDns } from './dns-plan.ts';
import type { QueryLog } from './query-log.ts';
import { isRdapRequest, type RdapRegistry, rdapBytes } from './rdap/rdap-server.ts';
import { replyBytes } from './site/reply-bytes.ts';
import { type RequestHead, readRequestHead } from './site/request-head.ts';
import { answerOf } from './site/site-answer.ts';
import { planSite, type SitePlan } from './site/site-plan.ts';

export const MOST_HEAD_BYTES = 65_536;
export const IDLE_MS = 15_000;
const DRIP_MS = 1000;
const malformedBytes = Buffer.from('SMTP 220 this is not what you asked for\r\n\r\n');
const hangupBytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Ty');
const dripBytes = Buffer.from(`HTTP/1.1 200 OK\r\nX-Padding: ${'a'.repeat(2000)}`);
const badRequest = Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
const badMethod = Buffer.from(
  'HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
);

/** What all connections of a server answer from. */
interface Ground {
  readonly lab: LabIdentity;
  readonly log: QueryLog;
  readonly rdap: RdapRegistry;
}

/** The site of a name; null where DNS gives it no address. */
export function sitePlanOf(lab: LabIdentity, name: string): SitePlan | null {
  const plan = planDns(lab, name);
  switch (plan.kind) {
    case 'plain':
    case 'slow':
    case 'truncated':
    case 'cname':
    case 'wildcard':
    case 'wildcard-cname':
    case 'wildcard-balanced':
      return planSite(plan, name);
    default:
      return null;
  }
}

/** Reads requests from a connection and answers them in order. `tcp` is the connection below TLS, or the same. */
export function serveConnection(ground: Ground, socket: Socket | TLSSocket, tcp: Socket): void {
  new SiteConnection(ground, socket, tcp).serve();
}

class SiteConnection {
  readonly #ground: Ground;
  readonly #socket: Socket | TLSSocket;
  readonly #tcp: Socket;
  readonly #protocol: 'http' | 'https';
  readonly #timers = new Set<NodeJS.Timeout>();
  #held = '';
  /** An answer is under way: what comes meanwhile waits. */
  #isBusy = false;

  constructor(ground: Ground, socket: Socket | TLSSocket, tcp: Socket) {
    this.#ground = ground;
    this.#socket = socket;
    this.#tcp = tcp;
    this.#protocol = socket === tcp ? 'http' : 'https';
  }

  serve(): void {
    const socket = this.#socket;
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const timer of this.#timers) clearTimeout(timer);
    });
    // Below TLS the connection no longer sees what is read: idleness is watched on top only.
    this.#tcp.setTimeout(0);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      this.#held += chunk.toString('latin1');
      this.#next();
    });
  }

  #next(): void {
    if (this.#isBusy) return;
    const end = this.#held.indexOf('\r\n\r\n');
    if (end < 0) {
      if (this.#held.length > MOST_HEAD_BYTES) this.#socket.end(badRequest);
      return;
    }
    const request = readRequestHead(this.#held.slice(0, end));
    this.#held = this.#held.slice(end + 4);
    if (request === null) this.#socket.end(badRequest);
    else if (request.method === 'GET' && isRdapRequest(request.host, request.path))
      this.#answerRdap(request.host, request.path);
    else this.#answer(request);
  }

  #answer(request: RequestHead): void {
    const { lab, log } = this.#ground;
    const { method, host, path } = request;
    const site = sitePlanOf(lab, host);
    log.note(this.#protocol, site?.kind ?? 'unknown', host, 'request', `${method} ${path}`);
    const head = method === 'HEAD';
    if (!head && method !== 'GET') {
      this.#socket.end(badMethod);
      return;
    }
    if (site === null) {
      this.#socket.end(badRequest);
      return;
    }
    const answer = answerOf(site, this.#protocol === 'https', path);
    switch (answer.type) {
      case 'reset':
        this.#tcp.resetAndDestroy();
        return;
      case 'hangup':
        this.#socket.end(hangupBytes);
        return;
      case 'malformed':
        this.#socket.end(malformedBytes);
        return;
      case 'drip':
        this.#drip();
        return;
      case 'reply':
        this.#after(answer.delayMs, () => {
          const { bytes, close } = replyBytes(site, answer, { ...request, head });
          if (close) this.#socket.end(bytes);
          else this.#socket.write(bytes);
        });
    }
  }

  #answerRdap(host: string, path: string): void {
    const { log, rdap } = this.#ground;
    const answer = rdap.answer(host, path);
    const kind = answer.type === 'reply' && answer.isHasty ? 'rdap-hasty' : 'rdap';
    log.note(this.#protocol, kind, host, 'request', `GET ${path}`);
    if (answer.type === 'silence') this.#isBusy = true;
    else this.#after(answer.delayMs, () => this.#socket.write(rdapBytes(answer)));
  }

  /** Sends an answer after a time, then takes the next request. */
  #after(delayMs: number, send: () => void): void {
    this.#isBusy = true;
    const work = (): void => {
      send();
      this.#isBusy = false;
      this.#next();
    };
    if (delayMs === 0) work();
    else this.#timers.add(setTimeout(work, delayMs));
  }

  #drip(): void {
    this.#isBusy = true;
    this.#socket.setTimeout(0);
    let at = 0;
    const timer = setInterval(() => {
      this.#socket.write(dripBytes.subarray(at, at + 1));
      at = Math.min(at + 1, dripBytes.length - 2);
    }, DRIP_MS);
    this.#timers.add(timer);
  }
}
