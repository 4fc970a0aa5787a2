import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:tls';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { issueCertificate, makeKey } from '@domainflow/lab/tls/certificate.ts';
import { afterAll, expect, it } from 'vitest';
import { createProcessClock } from '../clock/process-clock.ts';
import { createGuard } from '../guard/guard.ts';
import { createHttpPort } from '../http/create-http-port.ts';
import { detailOf } from '../http/testing/raw-server.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

const dates = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
const authorityKey = makeKey();
const byAuthority = { issuer: 'Weak test authority', issuerKey: authorityKey, ...dates };
const caPem = issueCertificate({
  ...byAuthority,
  subject: 'Weak test authority',
  subjectKey: authorityKey,
  names: [],
  authority: true,
});

/** A server whose certificate is in order but for its RSA key of so many bits; what a visit says of it. */
async function visit(bits: number, tls: 'strict' | 'record') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const subjectKey = { privateKey, publicDer: publicKey.export({ type: 'spki', format: 'der' }) };
  const names = ['weak.example'];
  const cert = issueCertificate({
    ...byAuthority,
    subject: 'weak.example',
    subjectKey,
    names,
    authority: false,
  });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ key, cert, ciphers: 'DEFAULT@SECLEVEL=0' }, (socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 200 OK\r\n\r\npage');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const at = (to: number) => ({ host: '127.0.0.1', port: to });
  const guard = createGuard({ lab: { dns: at(1), http: at(1), https: at(port), caPem } });
  const http = createHttpPort({ guard, clock: createProcessClock() });
  const persona = { tls, schemes: 'https_only', robots: 'ignore', robotsOverrideReason: 'test' };
  const fetcher = http.fetcher(httpPersonaSchema.parse(persona), async () => ['127.53.0.1']);
  return fetcher.fetchSite({ name: 'weak.example', addresses: [] }, new AbortController().signal);
}

// Deno says it in words of its own.
it.skipIf('Deno' in globalThis)('says that a key is too weak', async () => {
  const refused = await visit(1_024, 'strict');
  expect([refused.verdict, detailOf(refused)]).toEqual([
    'TLS_ERROR',
    "The certificate's RSA key of 1024 bits is too weak",
  ]);
  const recorded = await visit(1_024, 'record');
  expect([recorded.verdict, recorded.response?.tls?.['problem']]).toEqual([
    'OK',
    "The certificate's RSA key of 1024 bits is too weak",
  ]);
  expect((await visit(2_048, 'strict')).verdict).toBe('OK');
});
