import { createServer, type Socket } from 'node:net';
import { samplePage } from './sample-page.ts';

/**
 * A server in a process of its own, for bench:http: the sample page for every name, no robots.txt, and for names that
 * begin with `drip` a head and then so many octets a second. Prints its port, and ends with its standard input.
 */
const body = samplePage(Number(process.argv[2] ?? '20480'));
const drop = 'x'.repeat(Number(process.argv[3] ?? '1'));
const page = Buffer.from(
  `HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);
const missing = Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
const slowHead = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n';
const dripping = new Set<Socket>();

setInterval(() => {
  for (const socket of dripping) socket.write(drop);
}, 1_000);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('close', () => dripping.delete(socket));
  let held = '';
  socket.on('data', (data) => {
    held += data.toString('latin1');
    for (let end = held.indexOf('\r\n\r\n'); end >= 0; end = held.indexOf('\r\n\r\n')) {
      const request = held.slice(0, end);
      held = held.slice(end + 4);
      if (request.startsWith('GET /robots.txt')) socket.write(missing);
      else if (/\r\nhost: drip/i.test(request)) {
        socket.write(slowHead);
        dripping.add(socket);
      } else socket.write(page);
      if (/\r\nconnection: close/i.test(request) && !dripping.has(socket)) socket.end();
    }
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
