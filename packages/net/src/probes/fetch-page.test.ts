import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type DnsPersona, dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createEngines } from '../engines.ts';
import { createProbes } from './create-probes.ts';

const never = new AbortController().signal;
let lab: Lab;
let engines: ReturnType<typeof createEngines>;
let dns: DnsPersona;
beforeAll(async () => {
  lab = await startLab({ seed: 'probes' });
  const { http, https, caPem } = lab;
  engines = createEngines({
    labJson: JSON.stringify({ dns: lab.dns, http, https, caPem }),
    allowedTargets: [],
  });
  dns = dnsPersonaSchema.parse({ resolvers: [`${lab.dns.host}:${lab.dns.port}`], timeoutMs: 300 });
});
afterAll(async () => {
  await engines.close();
  await lab.close();
});

test('a page comes with its way and with what was sent for it', async () => {
  const http = httpPersonaSchema.parse({
    userAgent: 'Probe/1',
    headers: [{ name: 'X-Source', value: 'test' }],
  });
  const page = await createProbes(engines).fetchPage(
    { http, dns },
    'https://live-1.com/about?x=1#part',
    never,
  );
  expect(page.outcome).toMatchObject({
    verdict: 'OK',
    response: { statusCode: 200, finalUrl: 'https://live-1.com/about?x=1' },
  });
  expect(page.requestHeaders[0]).toEqual({ name: 'Host', value: 'live-1.com' });
  expect(page.requestHeaders).toContainEqual({ name: 'User-Agent', value: 'Probe/1' });
  expect(page.requestHeaders).toContainEqual({ name: 'X-Source', value: 'test' });
});

test.each(['ftp://live-1.com/', 'live-1.com', 'https://user@live-1.com/', 'javascript:alert(1)', ''])(
  '%j is refused as a page',
  async (url) => {
    const personas = { http: httpPersonaSchema.parse({}), dns };
    await expect(createProbes(engines).fetchPage(personas, url, never)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'url',
    });
  },
);

test.each([
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://0x7f.1:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[64:ff9b::7f00:1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[::]:PORT/',
  'http://0:PORT/',
  'http://127.1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://127。0。0。1:PORT/',
  'http://１２７.0.0.1:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://localhost:PORT/',
  'http://any.localhost.:PORT/',
  'https://127.0.0.1:PORT/',
])('a page at %s is not fetched', async (form) => {
  let connections = 0;
  const canary = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(canary, 'listening');
  onTestFinished(() => void canary.close());
  const url = form.replace('PORT', String((canary.address() as AddressInfo).port));
  const personas = { http: httpPersonaSchema.parse({}), dns };
  const { outcome } = await createProbes(engines).fetchPage(personas, url, never);
  expect(outcome).toMatchObject({ verdict: 'ERROR', response: null });
  expect(connections).toBe(0);
});
