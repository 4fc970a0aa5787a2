import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket as TcpSocket } from 'node:net';
import {
  type DnsPersona,
  type DnsPersonaInput,
  dnsPersonaSchema,
} from '@domainflow/domain/persona/dns-persona.ts';
import * as dnsPacket from 'dns-packet';
import { createGuard } from '../../guard/guard.ts';
import { type ClosableDnsPort, createDnsPort } from '../dns-port.ts';

export type Reply = (message: Uint8Array) => void;
export type Query = Required<dnsPacket.Packet>;
export type Handler = (query: Query, reply: Reply, from: RemoteInfo) => void;

export interface TestServer {
  readonly address: string;
  readonly port: number;
  /** Datagrams received. */
  seen: number;
}

const cleanups: (() => Promise<unknown>)[] = [];

/** To be called after each test: closes what it opened. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export const closeLater = (cleanup: () => Promise<unknown>): void => void cleanups.push(cleanup);

export const never = new AbortController().signal;

export const closing = (server: { close(done: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));

async function bindUdp(port: number): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** UDP and TCP on one port; a port that is free for the one may be taken for the other. */
async function bindBoth(onConnection: (socket: TcpSocket) => void): Promise<UdpSocket> {
  for (;;) {
    const tcp = createServer(onConnection).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    try {
      const udp = await bindUdp((tcp.address() as AddressInfo).port);
      const open = new Set<TcpSocket>();
      tcp.on('connection', (socket) => {
        open.add(socket);
        socket.on('close', () => open.delete(socket));
      });
      closeLater(() => {
        for (const socket of open) socket.destroy();
        return closing(tcp);
      });
      return udp;
    } catch {
      await closing(tcp);
    }
  }
}

/** A resolver that does whatever the test says; with `onTcp`, on the same port over TCP too. */
export async function startServer(
  handler: Handler,
  onTcp?: (socket: TcpSocket, data: Buffer) => void,
): Promise<TestServer> {
  const onConnection = (connection: TcpSocket): void => {
    connection.on('error', () => undefined);
    connection.on('data', (data) => onTcp?.(connection, data));
  };
  const socket = onTcp === undefined ? await bindUdp(0) : await bindBoth(onConnection);
  const { port } = socket.address();
  const server = { address: `127.0.0.1:${port}`, port, seen: 0 };
  let isOpen = true;
  socket.on('message', (message, from) => {
    server.seen += 1;
    const reply: Reply = (packet) => {
      if (isOpen) socket.send(packet, from.port, from.address);
    };
    handler(dnsPacket.decode(message), reply, from);
  });
  closeLater(() => {
    isOpen = false;
    return closing(socket);
  });
  return server;
}

/** A port whose system resolvers these are, so that loopback is no obstacle. */
export function openPort(...servers: readonly { readonly address: string }[]): ClosableDnsPort {
  const port = createDnsPort({
    guard: createGuard(),
    systemResolvers: servers.map(({ address }) => address),
  });
  closeLater(() => port.close());
  return port;
}

export const persona = (changes: DnsPersonaInput = {}): DnsPersona =>
  dnsPersonaSchema.parse({ timeoutMs: 200, attempts: 3, ...changes });

export function answer(query: Query, data: string, changes: dnsPacket.Packet = {}): Buffer {
  const { id, questions } = query;
  const answers = questions.map(({ name }) => ({ name, type: 'A', ttl: 60, data }));
  return dnsPacket.encode({ id, type: 'response', questions, answers, ...changes });
}

export const failing = (query: Query, rcode: number): Buffer =>
  answer(query, '', { flags: rcode, answers: [] });

export const truncated: Handler = (query, reply) =>
  reply(answer(query, '', { answers: [], flags: dnsPacket.TRUNCATED_RESPONSE }));

/** With its length before it, as over TCP. */
export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** Reads the queries in a stream of TCP, for tests in which they come whole. */
export function queriesIn(data: Buffer): Query[] {
  const queries: Query[] = [];
  for (let at = 0; at < data.length; at += 2 + data.readUInt16BE(at)) {
    queries.push(dnsPacket.decode(data.subarray(at + 2, at + 2 + data.readUInt16BE(at))));
  }
  return queries;
}

/** Asks for so many names and counts the RCODEs. */
export async function askMany(
  resolver: ReturnType<ClosableDnsPort['resolver']>,
  count: number,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  let next = 0;
  await resolver.run(
    {
      next: () => (next < count ? { name: `n${(next += 1)}.example`, type: 'A' as const } : null),
      answered: (_, { rcode }) => {
        found[rcode] = (found[rcode] ?? 0) + 1;
      },
    },
    never,
  );
  return found;
}
