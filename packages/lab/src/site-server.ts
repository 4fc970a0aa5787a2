import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { LabIdentity } from './dns-plan.ts';
import { chooseProtocol, LAB_DOH_ADDRESS, serveDoh } from './doh-server.ts';
import type { QueryLog } from './query-log.ts';
import type { RdapRegistry } from './rdap/rdap-server.ts';
import { certificateOf } from './site/site-plan.ts';
import { IDLE_MS, MOST_HEAD_BYTES, serveConnection, sitePlanOf } from './site-connection.ts';
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

const HANDSHAKE_MS = 10_000;
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
    serveConnection({ lab, log, rdap }, socket, socket);
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
    } else serveConnection({ lab, log, rdap }, secure, tcp);
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
