import { performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { type DnsPlan, dnsDelayMs, type LabIdentity } from './dns-plan.ts';
import { answerMessage } from './dns-server.ts';
import { ReplyWriter } from './dns-wire.ts';
import type { QueryLog } from './query-log.ts';

/** An address that stands for the lab's DoH resolver: a connection without SNI gets a certificate for it. */
export const LAB_DOH_ADDRESS = '127.53.255.53';

const PATH = '/dns-query';
const MEDIA_TYPE = 'application/dns-message';
const MOST_OCTETS = 65_535;

/** The query in the variable `dns` of a GET request (RFC 8484, 4.1.1); null where there is none. */
function queryOf(url: URL): Buffer | null {
  const text = url.searchParams.get('dns');
  return text === null || !/^[\w-]+$/.test(text) ? null : Buffer.from(text, 'base64url');
}

const refuse = (stream: ServerHttp2Stream, status: number): void => {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond({ ':status': status }, { endStream: true });
};

/** Serves DNS over HTTPS (RFC 8484) on a TLS connection that has agreed on HTTP/2, whatever name it was opened for. */
export function serveDoh(lab: LabIdentity, log: QueryLog, socket: TLSSocket): void {
  const writer = new ReplyWriter();
  const timers = new Set<NodeJS.Timeout>();
  const session = performServerHandshake(socket);
  session.on('error', () => {});
  session.on('close', () => {
    for (const timer of timers) clearTimeout(timer);
  });

  function answer(stream: ServerHttp2Stream, message: Buffer): void {
    const plan: DnsPlan | null = answerMessage(lab, log, writer, message, 'doh', false);
    if (plan === null) return;
    const body = writer.slab.subarray(writer.start, writer.start + writer.length);
    const send = (): void => {
      if (stream.destroyed) return;
      stream.respond({ ':status': 200, 'content-type': MEDIA_TYPE, 'content-length': body.length });
      stream.end(body);
    };
    if (plan.kind === 'slow') timers.add(setTimeout(send, dnsDelayMs(plan)));
    else send();
  }

  session.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const url = new URL(headers[':path'] ?? '/', 'https://lab.invalid');
    if (url.pathname !== PATH) return refuse(stream, 404);
    if (headers[':method'] === 'GET') {
      const message = queryOf(url);
      if (message === null) refuse(stream, 400);
      else answer(stream, message);
      return;
    }
    if (headers[':method'] !== 'POST') return refuse(stream, 405);
    if (headers['content-type'] !== MEDIA_TYPE) return refuse(stream, 415);
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_OCTETS) refuse(stream, 413);
      else chunks.push(chunk);
    });
    stream.on('end', () => {
      if (length <= MOST_OCTETS) answer(stream, Buffer.concat(chunks));
    });
  });
}

/**
 * Which protocol a TLS connection gets. Visitors of sites that offer both get HTTP/1.1; whoever comes for DoH gets
 * HTTP/2, for which it may offer nothing else, name no host, or a host whose first label starts with `doh-`.
 */
export function chooseProtocol(
  serverName: string | undefined,
  offered: readonly string[],
): string | undefined {
  const wantsDoh = !serverName || serverName.startsWith('doh-');
  const preferred = wantsDoh ? ['h2', 'http/1.1'] : ['http/1.1', 'h2'];
  return preferred.find((protocol) => offered.includes(protocol));
}
