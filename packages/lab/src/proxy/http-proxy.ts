import type { Socket } from 'node:net';
import type { ProxyGround } from './proxy-ground.ts';

const MOST_HEAD_BYTES = 65_536;

const answer = (status: string, fields = ''): string =>
  `HTTP/1.1 ${status}\r\n${fields}Content-Length: 0\r\nConnection: close\r\n\r\n`;

/** Serves one request of a client: a tunnel, or one in absolute form that is passed on. */
export function serveHttpProxy(socket: Socket, ground: ProxyGround): void {
  let held = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) {
      if (held.length > MOST_HEAD_BYTES) socket.destroy();
      return;
    }
    socket.off('data', onData);
    socket.pause();
    serveRequest(socket, held.toString('latin1', 0, end), held.subarray(end + 4), ground);
  };
  socket.on('data', onData);
}

function serveRequest(socket: Socket, head: string, rest: Buffer, ground: ProxyGround): void {
  const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r?\n/.exec(head);
  const [, method = '', target = ''] = match ?? [];
  if (!isAuthorised(head, ground)) {
    socket.end(answer('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="lab"\r\n'));
    return;
  }
  const isConnect = method === 'CONNECT';
  const url = URL.parse(isConnect ? `http://${target}` : target);
  if (match === null || url === null || (!isConnect && url.protocol !== 'http:')) {
    socket.end(answer('400 Bad Request'));
    return;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (isConnect ? Number(/:(\d+)$/.exec(target)?.[1] ?? 80) : 80);
  ground.note({ form: isConnect ? 'connect' : 'absolute', host, port });
  const upstream = ground.dial(host, port);
  if (upstream === null) {
    socket.end(answer('502 Bad Gateway', 'Proxy-Status: lab; error=dns_error\r\n'));
    return;
  }
  upstream.once('connect', () => {
    if (isConnect) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(rest);
    } else {
      const lines = head.split('\r\n').filter((line) => !/^proxy-/i.test(line));
      lines[0] = `${method} ${url.pathname}${url.search} HTTP/1.1`;
      upstream.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    }
    socket.pipe(upstream);
    upstream.pipe(socket);
  });
  upstream.once('close', () => socket.destroy());
  socket.once('close', () => upstream.destroy());
}

function isAuthorised(head: string, { credentials }: ProxyGround): boolean {
  if (credentials === undefined) return true;
  const given = /\r\nProxy-Authorization:[ \t]*Basic[ \t]+(\S+)/i.exec(head)?.[1] ?? '';
  return Buffer.from(given, 'base64').toString('utf8') === `${credentials.username}:${credentials.password}`;
}
