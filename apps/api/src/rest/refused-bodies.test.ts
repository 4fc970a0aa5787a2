import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
let user: ApiUser;
let server: Server;
beforeAll(async () => {
  api = await openApiFixture();
  user = await api.signIn('bodies', 'admin');
  server = createServer(getRequestListener(api.app.fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});

/** Sends all of a body, and reads only then, as many clients do; gives the answer, or '' where none has come. */
async function sendAll(path: string, headers: readonly string[], body: Iterable<Buffer>): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.pause();
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').catch(() => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: domainflow.test\r\nCookie: ${user.cookie}\r\nConnection: close\r\n${headers.join('\r\n')}\r\n\r\n`,
  );
  for (const piece of body) {
    if (socket.destroyed) break;
    // Slower than the half second that a server waits by itself.
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), closed]).catch(() => undefined);
  }
  socket.resume();
  await closed;
  return answer;
}

const PIECE = Buffer.alloc(1_048_576, 0x20);

test.each(['/api/v2/technologies/import', '/api/v2/keyword-sets/try', '/trpc/keywordSets.try'])(
  'who sends 50 MB to %s reads that it is too much',
  async (path) => {
    const headers = ['Content-Type: application/json', `Content-Length: ${50 * PIECE.length}`];
    const answer = await sendAll(path, headers, Array<Buffer>(50).fill(PIECE));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('PAYLOAD_TOO_LARGE');
  },
  20_000,
);

test('who sends too much in chunks reads it too', async () => {
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), PIECE, Buffer.from('\r\n')]);
  const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
  const body = [...Array<Buffer>(30).fill(chunk), Buffer.from('0\r\n\r\n')];
  expect(await sendAll('/api/v2/keyword-sets/try', headers, body)).toMatch(/^HTTP\/1\.1 413 /);
}, 20_000);

test('compressed bodies are refused as such, forms and JSON', async () => {
  const created = await user.fetch(`/api/v2${campaignOperations.create.rest.path}`, {
    json: { campaignName: 'Zipped', campaignType: 'http', input: { source: 'upload' } },
  });
  const { campaignId } = (await created.json()) as { campaignId: string };
  const form = new Request('http://a/', {
    method: 'POST',
    body: (() => {
      const data = new FormData();
      data.append('file', new File(['d.com\n'], 'names.txt'));
      return data;
    })(),
  });
  const zipped = gzipSync(new Uint8Array(await form.arrayBuffer()));
  const requests: [string, string, Uint8Array<ArrayBuffer>][] = [
    [
      `/api/v2/campaigns/${campaignId}/upload`,
      form.headers.get('content-type') ?? '',
      new Uint8Array(zipped),
    ],
    ['/api/v2/keyword-sets/try', 'application/json', new Uint8Array(gzipSync('{}'))],
  ];
  for (const [path, contentType, body] of requests) {
    const headers = { 'content-type': contentType, 'content-encoding': 'gzip' };
    const refused = await user.fetch(path, { method: 'POST', headers, body });
    expect(refused.status).toBe(415);
    expect(await refused.json()).toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: expect.stringMatching(/"gzip".*not compressed/),
    });
  }
});
