import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import * as dnsPacket from 'dns-packet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAB_DOH_ADDRESS } from './doh-server.ts';
import { type Lab, startLab } from './start-lab.ts';

let lab: Lab;
const sessions: ClientHttp2Session[] = [];

beforeAll(async () => {
  lab = await startLab({ seed: 'doh' });
});
afterAll(async () => {
  for (const session of sessions) session.destroy();
  await lab.close();
});

/** Without a name: a visitor of the address, who sends no SNI. */
function open(name: string | null): ClientHttp2Session {
  const identity = name === null ? { host: LAB_DOH_ADDRESS } : { servername: name };
  const session = connect(`https://${name ?? LAB_DOH_ADDRESS}`, {
    createConnection: () =>
      connectTls({
        socket: connectTcp(lab.https),
        ca: lab.caPem,
        ALPNProtocols: ['h2'],
        ...identity,
      }),
  });
  sessions.push(session);
  return session;
}

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: Buffer;
}

async function ask(name: string | null, headers: Record<string, string>, body?: Buffer): Promise<Answer> {
  const stream = open(name).request(headers, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let head: Record<string, unknown> = {};
  stream.on('response', (received) => {
    head = received;
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', reject);
  stream.on('end', () => {
    const type = head['content-type'] as string | undefined;
    resolve({ status: Number(head[':status']), type, body: Buffer.concat(chunks) });
  });
  return promise;
}

const query = (name: string): Buffer =>
  dnsPacket.encode({ type: 'query', id: 0, flags: 256, questions: [{ name, type: 'A' }] });
const post = { ':method': 'POST', ':path': '/dns-query', 'content-type': 'application/dns-message' };
const get = (name: string) => ({
  ':method': 'GET',
  ':path': `/dns-query?dns=${query(name).toString('base64url')}`,
});

it('answers GET and POST with what DNS says', async () => {
  for (const name of ['live-1.com', 'truncated-1.com']) {
    const { a } = lab.truth(name).dns;
    for (const answer of [await ask('doh-1.com', post, query(name)), await ask('doh-1.com', get(name))]) {
      expect(answer).toMatchObject({ status: 200, type: 'application/dns-message' });
      const { answers, rcode } = dnsPacket.decode(answer.body) as dnsPacket.DecodedPacket & { rcode: string };
      expect(rcode).toBe('NOERROR');
      expect(answers?.map((each) => 'data' in each && each.data)).toEqual(a);
    }
  }
});

it('shows a certificate for its address to those who name no host', async () => {
  expect((await ask(null, post, query('live-1.com'))).status).toBe(200);
});

it.each([
  [{ ...post, ':path': '/other' }, 404],
  [{ ...post, ':method': 'PUT' }, 405],
  [{ ...post, 'content-type': 'text/plain' }, 415],
  [{ ':method': 'GET', ':path': '/dns-query' }, 400],
  [{ ':method': 'GET', ':path': '/dns-query?dns=%00' }, 400],
])('%j is refused with %d', async (headers, status) => {
  expect(
    (await ask('doh-1.com', headers, headers[':method'] === 'GET' ? undefined : Buffer.from('x'))).status,
  ).toBe(status);
});

it('leaves sites to those who can speak HTTP/1.1', async () => {
  const socket = connectTls({
    ...lab.https,
    servername: 'live-1.com',
    ca: lab.caPem,
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  expect(socket.alpnProtocol).toBe('http/1.1');
  socket.destroy();
});
