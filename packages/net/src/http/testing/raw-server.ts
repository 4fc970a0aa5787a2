import { createServer, type Server, type Socket } from 'node:net';
import type { SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { type HttpPersona, httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { createProcessClock } from '../../clock/process-clock.ts';
import { createGuard } from '../../guard/guard.ts';
import { createHttpPort } from '../create-http-port.ts';

/** An address of the lab's blocks: its ports 80 and 443 are those of the test's servers. */
export const ADDRESS = '127.53.0.1';
const open: { server: Server; sockets: Set<Socket> }[] = [];

/** Ends all servers that were opened; for `afterEach`. */
export async function closeServers(): Promise<void> {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A server that does what `handle` says once a request, or a first packet, has arrived; returns its port. */
export async function serve(handle: (socket: Socket, request: string) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data: Buffer) => handle(socket, data.toString('latin1')));
  });
  open.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A port that refuses connections. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export interface VisitOptions extends Partial<HttpPersona> {
  readonly name?: string;
  readonly httpsPort?: number;
  readonly lookup?: (name: string) => Promise<string[]>;
  readonly signal?: AbortSignal;
  readonly addresses?: readonly string[];
}

/** Visits `hostile.example`, whose http is at the given port of this machine and whose https refuses, or is at its own. */
export async function visit(httpPort: number, options: VisitOptions = {}): Promise<SiteOutcome> {
  const { name, httpsPort, lookup, signal, addresses, ...persona } = options;
  const at = (port: number) => ({ host: '127.0.0.1', port });
  const lab = { dns: at(1), http: at(httpPort), https: at(httpsPort ?? (await closedPort())), caPem: '' };
  const http = createHttpPort({ guard: createGuard({ lab }), clock: createProcessClock() });
  const fetcher = http.fetcher(
    httpPersonaSchema.parse({ timeoutMs: 2_000, robots: 'ignore', robotsOverrideReason: 'test', ...persona }),
    lookup ?? (async () => [ADDRESS]),
  );
  const request = { name: name ?? 'hostile.example', addresses: addresses ?? [ADDRESS] };
  return fetcher.fetchSite(request, signal ?? new AbortController().signal);
}

/** A server that sends this head (status line and fields without the last line end) and body. */
export const respond = (head: string, body: string | Buffer = '') =>
  serve((socket) => {
    socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
    socket.end(body);
  });

export const bodyOf = (outcome: SiteOutcome): string =>
  Buffer.from(outcome.response?.body ?? []).toString('latin1');
/** Detail of the last failure. */
export const detailOf = (outcome: SiteOutcome): string => outcome.hops.at(-1)?.failure?.detail ?? '';
