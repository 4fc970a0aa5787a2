import type { Socket } from 'node:net';
import type { ProxyGround } from './proxy-ground.ts';

/** Serves one client by RFC 1928 and 1929: CONNECT only. */
export function serveSocks5(socket: Socket, ground: ProxyGround): void {
  let held = Buffer.alloc(0);
  let step: 'greeting' | 'credentials' | 'request' = 'greeting';

  /** Length of the complete message at the start of what is held; null while it is incomplete. */
  function messageLength(): number | null {
    const at = (index: number): number => held[index] ?? 0;
    let length: number;
    if (step === 'greeting') length = 2 + at(1);
    else if (step === 'credentials') length = 3 + at(1) + at(2 + at(1));
    else if (at(3) === 1) length = 10;
    else if (at(3) === 4) length = 22;
    else length = 7 + at(4);
    return held.length >= Math.max(length, step === 'request' ? 5 : 2) ? length : null;
  }
  const onData = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    for (let length = messageLength(); length !== null; length = messageLength()) {
      const message = held.subarray(0, length);
      held = held.subarray(length);
      if (take(message)) return;
    }
  };
  function take(message: Buffer): boolean {
    if (step === 'greeting') {
      const wanted = ground.credentials === undefined ? 0 : 2;
      const offers = [...message.subarray(2)].includes(wanted);
      if (message[0] !== 5 || !offers) {
        socket.end(Buffer.from([5, 0xff]));
        return true;
      }
      socket.write(Buffer.from([5, wanted]));
      step = wanted === 2 ? 'credentials' : 'request';
      return false;
    }
    if (step === 'credentials') {
      const userLength = message[1] as number;
      const username = message.toString('utf8', 2, 2 + userLength);
      const password = message.toString('utf8', 3 + userLength);
      const isRight = username === ground.credentials?.username && password === ground.credentials.password;
      if (!isRight) {
        socket.end(Buffer.from([1, 1]));
        return true;
      }
      socket.write(Buffer.from([1, 0]));
      step = 'request';
      return false;
    }
    socket.off('data', onData);
    socket.pause();
    connect(message);
    return true;
  }
  function connect(message: Buffer): void {
    const reply = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
    if (message[1] !== 1) {
      socket.end(reply(7));
      return;
    }
    const port = message.readUInt16BE(message.length - 2);
    const host = hostOf(message);
    ground.note({ form: 'socks5', host, port });
    const upstream = ground.dial(host, port);
    if (upstream === null) {
      socket.end(reply(4));
      return;
    }
    upstream.once('connect', () => {
      socket.write(reply(0));
      upstream.write(held);
      socket.pipe(upstream);
      upstream.pipe(socket);
    });
    upstream.once('close', () => socket.destroy());
    socket.once('close', () => upstream.destroy());
  }
  socket.on('data', onData);
}

function hostOf(message: Buffer): string {
  if (message[3] === 1) return [...message.subarray(4, 8)].join('.');
  if (message[3] === 3) return message.toString('latin1', 5, 5 + (message[4] as number));
  const groups = Array.from({ length: 8 }, (_, at) => message.readUInt16BE(4 + at * 2).toString(16));
  return groups.join(':');
}
