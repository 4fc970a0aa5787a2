import { connect, createServer, isIP, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Lab, LabEndpoint } from '../start-lab.ts';
import { CertificateAuthority } from '../tls/certificate-authority.ts';
import { serveHttpProxy } from './http-proxy.ts';
import type { ProxyGround, ProxyRequest } from './proxy-ground.ts';
import { serveSocks5 } from './socks5-proxy.ts';

export type LabProxyKind = 'http' | 'https' | 'socks5';

export interface LabProxyOptions {
  readonly kind: LabProxyKind;
  /** Wanted of every client where given. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** The first connections are closed at once, as many as this says. */
  readonly failFirst?: number;
}

/** A running proxy into the lab. */
export interface LabProxy {
  readonly host: string;
  readonly port: number;
  /** The authority of an `https` proxy, PEM; its certificate is for `LAB_PROXY_NAME`. */
  readonly caPem: string;
  readonly requests: readonly ProxyRequest[];
  /** Connections that clients made. */
  connections(): number;
  /** The most of them that were open at once. */
  mostOpen(): number;
  close(): Promise<void>;
}

/** The name in the certificate of an `https` proxy. */
export const LAB_PROXY_NAME = 'localhost';

/** Starts a proxy on loopback that resolves names by the lab's truth and connects to the lab only. */
export async function startLabProxy(lab: Lab, options: LabProxyOptions): Promise<LabProxy> {
  const authority = new CertificateAuthority(4, new Date(), 'DomainFlow lab proxy authority');
  const requests: ProxyRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let open = 0;
  let mostOpen = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const ground: ProxyGround = {
    credentials: options.credentials,
    note: (request) => requests.push(request),
    dial(host, port) {
      const endpoint = endpointOf(lab, host, port);
      return endpoint === null ? null : keep(connect(endpoint));
    },
  };
  const serve = (socket: Socket | TLSSocket): void => {
    if (options.kind === 'socks5') serveSocks5(socket, ground);
    else serveHttpProxy(socket, ground);
  };
  const server = createServer((socket) => {
    connections += 1;
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    keep(socket).on('close', () => {
      open -= 1;
    });
    if (connections <= (options.failFirst ?? 0)) {
      socket.destroy();
      return;
    }
    if (options.kind === 'https') tls.emit('connection', socket);
    else serve(socket);
  });
  const tls = createTlsServer({ SNICallback: (_, done) => done(null, contextOf()) }, (socket) => {
    keep(socket);
    serve(socket);
  });
  const contextOf = () => authority.contextFor(LAB_PROXY_NAME, 'valid');
  if (options.kind === 'https') tls.on('tlsClientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    caPem: authority.caPem,
    requests,
    connections: () => connections,
    mostOpen: () => mostOpen,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function endpointOf(lab: Lab, host: string, port: number): LabEndpoint | null {
  const endpoint = port === 443 ? lab.https : port === 80 ? lab.http : null;
  if (endpoint === null) return null;
  if (isIP(host) !== 0) return host.startsWith('127.53.') || host.startsWith('fd53:') ? endpoint : null;
  const { a, aaaa } = lab.truth(host).dns;
  return a.length + aaaa.length > 0 ? endpoint : null;
}
