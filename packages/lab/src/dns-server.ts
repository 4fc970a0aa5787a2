import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { writeReply } from './dns-answer.ts';
import { type DnsPlan, dnsDelayMs, type LabIdentity, planDns } from './dns-plan.ts';
import { type Question, type QuestionFault, ReplyWriter, rcodes, readQuestion } from './dns-wire.ts';
import type { QueryLog } from './query-log.ts';
import { writeRegistryReply } from './registry-answer.ts';

/** A running DNS server: UDP and TCP on the same port. */
export interface DnsServer {
  host: string;
  port: number;
  close(): Promise<void>;
}

export interface DnsServerOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Lets several processes or threads share the port. */
  reusePort?: boolean;
  /** Gives the wildcard's addresses for names that do not exist, as some providers' resolvers do. */
  isLying?: boolean;
}

/** How often a free UDP port may turn out to be taken for TCP before the start fails. */
const MOST_PORT_TRIES = 20;
const TCP_IDLE_MS = 10_000;

/** Starts the lab's DNS server. Rejects with the listen error where the port is taken. */
export async function startDnsServer(
  lab: LabIdentity,
  log: QueryLog,
  options: DnsServerOptions,
): Promise<DnsServer> {
  for (let tries = 1; ; tries++) {
    const udp = await bindUdp(options);
    const { port } = udp.address();
    try {
      const tcp = await listenTcp(options, port);
      return serve(lab, log, udp, tcp, options.isLying === true);
    } catch (error) {
      udp.close();
      if (options.port !== 0 || tries === MOST_PORT_TRIES) throw error;
    }
  }
}

function bindUdp(options: DnsServerOptions): Promise<UdpSocket> {
  // An address needs no look-up: answering at once keeps a send from waiting for the next tick.
  const lookup = (
    address: string,
    _: unknown,
    done: (error: null, address: string, family: number) => void,
  ): void => done(null, address, 4);
  const socket = createSocket({
    type: options.host.includes(':') ? 'udp6' : 'udp4',
    reusePort: options.reusePort === true,
    recvBufferSize: 8 << 20,
    sendBufferSize: 4 << 20,
    ...(options.host.includes(':') ? {} : { lookup: lookup as never }),
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port: options.port, address: options.host }, () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function listenTcp(options: DnsServerOptions, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: options.host, reusePort: options.reusePort === true, backlog: 4096 }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function serve(lab: LabIdentity, log: QueryLog, udp: UdpSocket, tcp: Server, isLying: boolean): DnsServer {
  const writer = new ReplyWriter();
  const timers = new Set<NodeJS.Timeout>();
  const sockets = new Set<Socket>();
  const { address: host, port } = udp.address();

  const later = (delayMs: number, send: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      send();
    }, delayMs);
    timers.add(timer);
  };

  const ignore = (): void => {};
  udp.on('message', (message, from) => {
    const plan = answerMessage(lab, log, writer, message, 'udp', isLying);
    if (plan === null) return;
    const { slab, start, length } = writer;
    const send = () => udp.send(slab, start, length, from.port, from.address);
    if (plan.kind === 'slow') later(dnsDelayMs(plan), send);
    else send();
  });
  udp.on('error', ignore);

  tcp.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
    socket.on('error', ignore);
    socket.on('close', () => sockets.delete(socket));
    readMessages(socket, (message) => {
      const plan = answerMessage(lab, log, writer, message, 'tcp', isLying);
      if (plan === null) return;
      const framed = Buffer.allocUnsafe(writer.length + 2);
      framed.writeUInt16BE(writer.length, 0);
      writer.slab.copy(framed, 2, writer.start, writer.start + writer.length);
      const send = () => socket.writable && socket.write(framed);
      if (plan.kind === 'slow') later(dnsDelayMs(plan), send);
      else send();
    });
  });

  return {
    host,
    port,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}

const faultPlan: DnsPlan = { kind: 'plain', hash: 0, owner: '', zone: '', site: null };

/** Writes the reply to a message into the writer; null where there is none. */
export function answerMessage(
  lab: LabIdentity,
  log: QueryLog,
  writer: ReplyWriter,
  message: Uint8Array,
  transport: 'udp' | 'tcp' | 'doh',
  isLying: boolean,
): DnsPlan | null {
  const question: Question | QuestionFault = readQuestion(message, message.length);
  if (typeof question === 'string') {
    log.note('dns', question, '', transport, 0);
    if (question === 'drop') return null;
    writer.begin(message, 12, question === 'notimp' ? rcodes.NOTIMP : rcodes.FORMERR);
    return faultPlan;
  }
  let plan = planDns(lab, question.name);
  log.note('dns', plan.kind, question.name, transport, question.type);
  if (!question.recursive && plan.zone !== '') {
    writeRegistryReply(lab, writer, message, question, plan);
    return faultPlan;
  }
  if (isLying && plan.kind === 'absent') plan = { ...plan, kind: 'wildcard' };
  if (plan.kind === 'timeout') return null;
  if (plan.kind === 'truncated' && transport === 'udp') {
    writer.begin(message, question.end, rcodes.NOERROR);
    writer.truncate();
    if (question.edns) writer.opt();
  } else {
    writeReply(lab, writer, message, question, plan);
  }
  return plan;
}

/** Cuts a TCP stream into messages by their two-byte lengths (RFC 1035, section 4.2.2). */
function readMessages(socket: Socket, onMessage: (message: Uint8Array) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 2) {
      const size = held.readUInt16BE(0);
      if (held.length < 2 + size) return;
      const message = held.subarray(2, 2 + size);
      held = held.subarray(2 + size);
      onMessage(message);
    }
  });
}
