import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { type LabIdentity, planDns } from './dns-plan.ts';
import { chooseProtocol, LAB_DOH_ADDRESS, serveDoh } from './doh-server.ts';
import type { QueryLog } from './query-log.ts';
import { isRdapRequest, type RdapRegistry, rdapBytes } from './rdap/rdap-server.ts';
import { replyBytes } from './site/reply-bytes.ts';
import { readRequestHead } from './site/request-head.ts';
import { answerOf } from './site/site-answer.ts';
import { certificateOf, planSite, type SitePlan } from './site/site-plan.ts';
import type { CertificateAuthority } from './tls/certificate-authority.ts';
import { readClientHello } from './tls/client-hello.ts';

/** A running server of sites. */
export interface SiteServer {
  host: string;
  port: number;
  close(): Promise<void>;
}

export interface SiteServerOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
}

const MOST_HEAD_BYTES = 65_536;
const IDLE_MS = 15_000;
const HANDSHAKE_MS = 10_000;
const DRIP_MS = 1000;
const malformedBytes = Buffer.from('SMTP 220 this is not what you asked for\r\n\r\n');
const hangupBytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Ty');
const dripBytes = Buffer.from(`HTTP/1.1 200 OK\r\nX-Padding: ${'a'.repeat(2000)}`);
const badRequest = Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
const badMethod = Buffer.from(
  'HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
);
/** A fatal handshake_failure alert (RFC 8446, section 6.2). */
const handshakeFailure = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);

/** Starts the lab's plain HTTP server; the Host header chooses the site. */
export function startHttpServer(
  lab: LabIdentity,
  log: QueryLog,
  rdap: RdapRegistry,
  options: SiteServerOptions,
): Promise<SiteServer> {
  const server = createTcpServer({ noDelay: true }, (socket) => {
    serveRequests(lab, log, rdap, socket, socket);
  });
  return listen(server, options);
}

/** Starts the lab's HTTPS server; SNI chooses the certificate and the Host header the site. */
export function startHttpsServer(
  lab: LabIdentity,
  log: QueryLog,
  rdap: RdapRegistry,
  authority: CertificateAuthority,
  options: SiteServerOptions,
): Promise<SiteServer> {
  /** The TCP connections below the TLS ones: only they can be reset. */
  const below = new Map<string, Socket>();
  const tlsServer = createTlsServer({
    handshakeTimeout: HANDSHAKE_MS,
    ALPNCallback: ({ servername, protocols }) => chooseProtocol(servername, protocols),
    // For visitors of an address, who send no server name.
    ...authority.identityFor(LAB_DOH_ADDRESS),
    SNICallback: (serverName, done) => {
      const name = serverName.toLowerCase();
      done(null, authority.contextFor(name, certificateOf(sitePlanOf(lab, name)?.kind ?? 'live')));
    },
  });
  tlsServer.on('tlsClientError', (_, socket) => socket.destroy());
  tlsServer.on('secureConnection', (secure: TLSSocket) => {
    const tcp = below.get(`${secure.remoteAddress}:${secure.remotePort}`);
    if (tcp === undefined) secure.destroy();
    else if (secure.alpnProtocol === 'h2') {
      tcp.setTimeout(0);
      serveDoh(lab, log, secure);
    } else serveRequests(lab, log, rdap, secure, tcp);
  });
  const server = createTcpServer({ noDelay: true }, (socket) => {
    const key = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.on('error', () => {});
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.once('close', () => below.delete(key));
    greet(socket, (serverName) => {
      const site = serverName === null ? null : sitePlanOf(lab, serverName);
      if (site?.kind === 'httponly' || (site?.kind === 'reset' && site.resetAt === 'handshake')) {
        log.note('https', site.kind, site.name, 'handshake', '');
        if (site.kind === 'httponly' && site.tlsFailure === 'alert') socket.end(handshakeFailure);
        else socket.resetAndDestroy();
        return;
      }
      below.set(key, socket);
      tlsServer.emit('connection', socket);
    });
  });
  return listen(server, options);
}

/** Waits for the ClientHello, puts it back into the socket, and tells the server name. */
function greet(socket: Socket, onHello: (serverName: string | null) => void): void {
  const onReadable = (): void => {
    const bytes: Buffer | null = socket.read();
    if (bytes === null) return;
    const hello = readClientHello(bytes);
    if (hello.state === 'other' || (hello.state === 'partial' && bytes.length > MOST_HEAD_BYTES)) {
      socket.destroy();
      return;
    }
    if (hello.state === 'hello') socket.off('readable', onReadable);
    socket.unshift(bytes);
    if (hello.state === 'hello') onHello(hello.serverName);
  };
  socket.on('readable', onReadable);
}

function sitePlanOf(lab: LabIdentity, name: string): SitePlan | null {
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
function serveRequests(
  lab: LabIdentity,
  log: QueryLog,
  rdap: RdapRegistry,
  socket: Socket | TLSSocket,
  tcp: Socket,
): void {
  const protocol = socket === tcp ? 'http' : 'https';
  const timers = new Set<NodeJS.Timeout>();
  let held = '';
  let busy = false;
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const timer of timers) clearTimeout(timer);
  });
  // Below TLS the connection no longer sees what is read: idleness is watched on top only.
  tcp.setTimeout(0);
  socket.setTimeout(IDLE_MS, () => socket.destroy());

  const next = (): void => {
    if (busy) return;
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) {
      if (held.length > MOST_HEAD_BYTES) socket.end(badRequest);
      return;
    }
    const request = readRequestHead(held.slice(0, end));
    held = held.slice(end + 4);
    if (request === null) {
      socket.end(badRequest);
      return;
    }
    if (request.method === 'GET' && isRdapRequest(request.host, request.path)) {
      answerRdap(request.host, request.path);
      return;
    }
    const site = sitePlanOf(lab, request.host);
    log.note(protocol, site?.kind ?? 'unknown', request.host, 'request', `${request.method} ${request.path}`);
    const head = request.method === 'HEAD';
    if (!head && request.method !== 'GET') {
      socket.end(badMethod);
      return;
    }
    if (site === null) {
      socket.end(badRequest);
      return;
    }
    const answer = answerOf(site, protocol === 'https', request.path);
    switch (answer.type) {
      case 'reset':
        tcp.resetAndDestroy();
        return;
      case 'hangup':
        socket.end(hangupBytes);
        return;
      case 'malformed':
        socket.end(malformedBytes);
        return;
      case 'drip':
        drip(socket);
        return;
      case 'reply': {
        const send = (): void => {
          const { bytes, close } = replyBytes(site, answer, { ...request, head });
          if (close) socket.end(bytes);
          else socket.write(bytes);
          busy = false;
          next();
        };
        busy = true;
        if (answer.delayMs === 0) send();
        else timers.add(setTimeout(send, answer.delayMs));
      }
    }
  };
  socket.on('data', (chunk: Buffer) => {
    held += chunk.toString('latin1');
    next();
  });

  function answerRdap(host: string, path: string): void {
    const answer = rdap.answer(host, path);
    const kind = answer.type === 'reply' && answer.isHasty ? 'rdap-hasty' : 'rdap';
    log.note(protocol, kind, host, 'request', `GET ${path}`);
    busy = true;
    if (answer.type === 'silence') return;
    timers.add(
      setTimeout(() => {
        socket.write(rdapBytes(answer));
        busy = false;
        next();
      }, answer.delayMs),
    );
  }

  function drip(target: Socket): void {
    let at = 0;
    busy = true;
    target.setTimeout(0);
    const timer = setInterval(() => {
      target.write(dripBytes.subarray(at, at + 1));
      at = Math.min(at + 1, dripBytes.length - 2);
    }, DRIP_MS);
    timers.add(timer);
  }
}

function listen(server: Server, options: SiteServerOptions): Promise<SiteServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: options.host, backlog: 4096 }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The site server has no port');
      resolve({
        host: options.host,
        port: address.port,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
