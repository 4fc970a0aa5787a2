/**
 * UDP in front of DNS servers that loses packets as it is told (and TCP that loses none, for truncated answers): started
 * by dns-faults.ts with the servers as arguments. Prints its ports as a line of JSON, then takes lines
 * `{"loss":0.05,"blackHoled":[2]}` on its standard input.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket as TcpSocket } from 'node:net';
import { createInterface } from 'node:readline';

interface Faults {
  /** Share of the packets that are lost, in each direction. */
  readonly loss: number;
  /** Servers, by their place, that get nothing at all. */
  readonly blackHoled: readonly number[];
}

const BUFFER_BYTES = 4 * 1024 * 1024;
let faults: Faults = { loss: 0, blackHoled: [] };
let state = 1;

/** Evenly spread and the same in each run (xorshift32). */
function isLost(): boolean {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32 < faults.loss;
}

async function openProxy(server: string, index: number): Promise<number> {
  const [host = '', port = ''] = server.split(':');
  const front = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES });
  const ways = new Map<number, Socket>();
  /** Sockets that are not connected yet hold what comes meanwhile. */
  const held = new Map<number, Buffer[]>();

  function openWay(clientPort: number, first: Buffer): void {
    const queue = [first];
    held.set(clientPort, queue);
    const back = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES });
    back.on('error', () => undefined);
    back.on('message', (message) => {
      if (!isLost()) front.send(message, clientPort, '127.0.0.1');
    });
    back.connect(Number(port), host, () => {
      held.delete(clientPort);
      ways.set(clientPort, back);
      for (const message of queue) back.send(message);
    });
  }

  front.on('error', () => undefined);
  front.on('message', (message, from) => {
    if (faults.blackHoled.includes(index) || isLost()) return;
    const way = ways.get(from.port);
    if (way !== undefined) way.send(message);
    else if (held.has(from.port)) held.get(from.port)?.push(message);
    else openWay(from.port, message);
  });
  return bindBoth(front, (socket) => {
    socket.on('error', () => undefined);
    if (faults.blackHoled.includes(index)) return;
    const back = connect(Number(port), host);
    back.on('error', () => socket.destroy());
    back.on('close', () => socket.destroy());
    socket.on('close', () => back.destroy());
    socket.pipe(back).pipe(socket);
  });
}

/** A port that is free for UDP may be taken for TCP. */
async function bindBoth(front: Socket, onConnection: (socket: TcpSocket) => void): Promise<number> {
  for (;;) {
    const tcp = createServer(onConnection).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const bound = Promise.withResolvers<boolean>();
    front.once('error', () => bound.resolve(false));
    front.bind(port, '127.0.0.1', () => bound.resolve(true));
    if (await bound.promise) return port;
    tcp.close();
  }
}

const ports = await Promise.all(process.argv.slice(2).map(openProxy));
process.stdout.write(`${JSON.stringify({ ports })}\n`);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  faults = JSON.parse(line) as Faults;
});
lines.on('close', () => process.exit());
