import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rdapServersFrom } from '@domainflow/domain/dns/rdap-bootstrap.ts';
import type { RdapServer } from '@domainflow/domain/dns/rdap-port.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEngines } from '../engines.ts';

const engines = createEngines({ labJson: undefined, allowedTargets: ['127.0.0.0/8'] });
const closed = createEngines({ labJson: undefined, allowedTargets: [] });
const persona = dnsPersonaSchema.parse({ resolvers: ['127.0.0.1:9'] });

let server: Server;
let url = '';
let asked: string[] = [];
let limitsLeft = 0;

/** A registry's answer in the form of RFC 9083. */
const TAKEN = {
  objectClassName: 'domain',
  ldhName: 'TAKEN.COM',
  status: ['client transfer prohibited', 'active'],
  events: [
    { eventAction: 'registration', eventDate: '1997-09-15T04:00:00Z' },
    { eventAction: 'expiration', eventDate: '2028-09-14T04:00:00Z' },
  ],
  entities: [
    {
      roles: ['registrar'],
      vcardArray: [
        'vcard',
        [
          ['version', {}, 'text', '4.0'],
          ['fn', {}, 'text', 'A Registrar, Inc.'],
        ],
      ],
    },
  ],
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  asked.push(`${request.headers.accept ?? ''} ${path}`);
  const json = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/rdap+json', ...headers });
    response.end(JSON.stringify(body));
  };
  if (path === '/robots.txt') return json(404, {});
  if (limitsLeft > 0 && path.endsWith('/limited.com')) {
    limitsLeft -= 1;
    return json(429, {}, { 'retry-after': path.endsWith('limited.com') ? '1' : '0' });
  }
  if (path.endsWith('/patience.com')) return json(429, {}, { 'retry-after': '86400' });
  if (path.endsWith('/taken.com')) return json(200, TAKEN);
  if (path.endsWith('/mixed-up.com')) return json(200, TAKEN);
  if (path.endsWith('/broken.com')) return json(503, {});
  if (path.endsWith('/html.com')) {
    response.writeHead(200, { 'content-type': 'text/html' });
    return void response.end('<html>hello</html>');
  }
  json(404, { errorCode: 404 });
}

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rdap`;
});
afterAll(async () => {
  await Promise.all([engines.close(), closed.close()]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  asked = [];
});

const servers = (): RdapServer[] => [{ tld: 'com', url }];
const lookup = (domain: string, own = servers(), { rdap } = engines.ports) =>
  rdap.lookup(domain, { servers: own, persona }, new AbortController().signal);

describe('RDAP', () => {
  test('200 is registered, with registrar, dates and states', async () => {
    expect(await lookup('taken.com')).toEqual({
      status: 'registered',
      url: `${url}/domain/taken.com`,
      httpStatus: 200,
      registrar: 'A Registrar, Inc.',
      registeredAt: '1997-09-15T04:00:00Z',
      expiresAt: '2028-09-14T04:00:00Z',
      states: ['client transfer prohibited', 'active'],
    });
    expect(asked).toContain('application/rdap+json, application/json /rdap/domain/taken.com');
  });

  test('404 is available', async () => {
    expect(await lookup('free.com')).toEqual({
      status: 'available',
      url: `${url}/domain/free.com`,
      httpStatus: 404,
    });
  });

  test.each([
    ['mixed-up.com', 200],
    ['html.com', 200],
    ['broken.com', 503],
  ])('%s (status %i) says nothing', async (domain, httpStatus) => {
    expect(await lookup(domain)).toMatchObject({ status: 'unknown', httpStatus });
  });

  test('one that asks for a day is not waited for', async () => {
    const elsewhere = [{ tld: 'com', url: url.replace('127.0.0.1', '127.0.0.2') }];
    expect(await lookup('patience.com', elsewhere)).toMatchObject({ status: 'unknown', httpStatus: 429 });
  });

  test('a server that asks to wait is asked again after that time', async () => {
    limitsLeft = 1;
    const started = performance.now();
    expect(await lookup('limited.com')).toMatchObject({ status: 'available' });
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  test('no server for the TLD, none that answers, none that may be asked: unknown', async () => {
    expect(await lookup('free.net')).toMatchObject({ status: 'unknown', url: null });
    expect(await lookup('free.net', [{ tld: '*', url }])).toMatchObject({ status: 'available' });
    expect(await lookup('free.com', [{ tld: 'com', url: 'http://127.0.0.1:9/' }])).toMatchObject({
      status: 'unknown',
    });
    asked = [];
    expect(await lookup('free.com', servers(), closed.ports)).toMatchObject({ status: 'unknown' });
    expect(asked).toEqual([]);
  });

  test('an abort ends the wait', async () => {
    limitsLeft = 100;
    const controller = new AbortController();
    const elsewhere = [{ tld: 'com', url: url.replace('127.0.0.1', '127.0.0.3') }];
    const waiting = engines.ports.rdap.lookup(
      'limited.com',
      { servers: elsewhere, persona },
      controller.signal,
    );
    setTimeout(() => controller.abort(), 200);
    await expect(waiting).rejects.toThrow();
    limitsLeft = 0;
  });
});

describe('the bootstrap file', () => {
  test('gives a server for each TLD', () => {
    const file = {
      version: '1.0',
      services: [
        [
          ['com', 'NET'],
          ['http://rdap.old/', 'https://rdap.example/com/v1/'],
        ],
        [['xn--p1ai'], ['https://rdap.example/rf/']],
      ],
    };
    expect(rdapServersFrom(JSON.stringify(file))).toEqual([
      { tld: 'com', url: 'https://rdap.example/com/v1/' },
      { tld: 'net', url: 'https://rdap.example/com/v1/' },
      { tld: 'xn--p1ai', url: 'https://rdap.example/rf/' },
    ]);
  });

  test.each(['', '{}', '[]', '{"services":[["com"]]}'])('%j is refused', (text) => {
    expect(() => rdapServersFrom(text)).toThrow(/RFC 9224/);
  });
});
