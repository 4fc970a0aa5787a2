import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { personaOperations } from '../personas/operations.ts';
import { keywordSetOperations } from './operations.ts';

interface Tried {
  readonly matches: { readonly keyword: string; readonly place: string; readonly count: number }[];
  readonly finalUrl: string | null;
  readonly page: {
    readonly title: string | null;
    readonly statusCode: number;
    readonly notes: string[];
  } | null;
}

const MISSING = '01890000-0000-7000-8000-000000000000';
const HTML = { 'content-type': 'text/html' };

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/gzip': (response) =>
    response
      .writeHead(200, { ...HTML, 'content-encoding': 'gzip' })
      .end(gzipSync('<title>Wholesale</title><p>wholesale, wholesale')),
  '/latin1': (response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' })
      .end(Buffer.from('<title>Größe</title><p>Großhandel', 'latin1')),
  '/moved': (response) => response.writeHead(302, { location: '/gzip' }).end(),
  '/circle': (response) => response.writeHead(302, { location: '/circle' }).end(),
  '/inward': (response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
  '/missing': (response) => response.writeHead(404, HTML).end('<p>wholesale'),
  '/pdf': (response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('wholesale'),
  '/empty': (response) => response.writeHead(200, HTML).end(),
  '/scripts': (response) => response.writeHead(200, HTML).end('<title>App</title><script>1</script>'),
  '/long': (response) => response.writeHead(200, HTML).end(`<p>${'word '.repeat(80_000)} wholesale`),
  '/drip': (response) => {
    response.writeHead(200, HTML).write('<p>wholesale');
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/reset': (response) => void response.socket?.resetAndDestroy(),
};

let fixture: ServiceFixture;
let owner: TestClient & { readonly userId: string };
let server: Server;
let base: string;
beforeAll(async () => {
  fixture = await openServiceFixture();
  owner = await fixture.signedIn('owner', 'member');
  server = createServer((request, response) => (answers[request.url ?? ''] ?? answers['/empty'])?.(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await fixture.close();
});

const rules = [{ pattern: 'wholesale' }, { pattern: 'großhandel' }];
const tried = (url: string, more: Record<string, unknown> = {}): Promise<Tried> =>
  owner.call<Tried>(keywordSetOperations.try, { rules, url, ...more });

test('a page is fetched, decoded and followed to where it is', async () => {
  for (const path of ['/gzip', '/moved']) {
    expect(await tried(`${base}${path}`)).toMatchObject({
      finalUrl: `${base}/gzip`,
      page: { title: 'Wholesale', statusCode: 200, notes: [] },
      matches: [
        { keyword: 'wholesale', place: 'title', count: 1 },
        { keyword: 'wholesale', place: 'text', count: 2 },
      ],
    });
  }
  expect(await tried(`${base}/latin1`)).toMatchObject({
    page: { title: 'Größe' },
    matches: [{ keyword: 'großhandel', place: 'text' }],
  });
});

test.each([
  ['/missing', 404, /status 404: a campaign says “Not found”/],
  ['/empty', 200, /empty page/],
  ['/scripts', 200, /no text without scripts/],
  ['/long', 200, /first 262144 octets/],
])('%s says why little is found there', async (path, statusCode, note) => {
  const { page, matches } = await tried(`${base}${path}`);
  expect(page).toMatchObject({ statusCode });
  expect(page?.notes.join(' ')).toMatch(note);
  expect(matches).toEqual([]);
});

test.each([
  ['/circle', /redirects lead nowhere.*Give the address/],
  ['/inward', /not fetched.*10\.0\.0\.1.*operator/],
  ['/pdf', /application\/pdf.*Give the address of a page/],
  ['/reset', /closed the connection.*Try again/],
])('%s is refused with what to do about it', async (path, message) => {
  await expect(tried(`${base}${path}`)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'url',
    message: expect.stringMatching(message),
  });
});

test('the personas that are chosen count', async () => {
  const { personaId } = await owner.call<{ personaId: string }>(personaOperations.create, {
    kind: 'http',
    name: 'Impatient',
    config: { timeoutMs: 300 },
  });
  await expect(tried(`${base}/drip`, { personaId })).rejects.toMatchObject({
    field: 'url',
    message: expect.stringMatching(/did not come in time/),
  });
  await expect(tried(`${base}/gzip`, { personaId: MISSING })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'personaId',
  });
  // A persona of another kind is none.
  await expect(tried(`${base}/gzip`, { dnsPersonaId: personaId })).rejects.toMatchObject({
    field: 'dnsPersonaId',
  });
  await expect(tried('https://no-such-name.invalid/')).rejects.toMatchObject({
    message: expect.stringMatching(/name was not found/),
  });
});
