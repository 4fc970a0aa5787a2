import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { LAB_DOH_ADDRESS } from '@domainflow/lab/doh-server.ts';
import { CertificateAuthority } from '@domainflow/lab/tls/certificate-authority.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let platform: PlatformFixture;
let worker: WorkerProcess;
let stranger: Server;
beforeAll(async () => {
  platform = await openPlatformFixture();
  // Speaks HTTP/2 as far as TLS says, with a certificate that nobody knows.
  stranger = createServer({
    ...new CertificateAuthority().identityFor('127.0.0.1'),
    ALPNProtocols: ['h2'],
  });
  stranger.on('tlsClientError', (_, socket) => socket.destroy());
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  worker = await spawnWorker(platform, { env: { DOMAINFLOW_ALLOW_TARGETS: '127.0.0.1/32' } });
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  stranger.close();
  await platform.close();
});

const good = `https://${LAB_DOH_ADDRESS}/dns-query`;
const bad = (): string => `https://127.0.0.1:${(stranger.address() as AddressInfo).port}/dns-query`;

async function run(name: string, resolvers: readonly string[], dohMethod: 'GET' | 'POST') {
  // The operations' own guard knows no lab: its address gets into the persona beside them.
  const { personaId } = await platform.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name,
    config: { transport: 'doh', resolvers: [bad()] },
  });
  const entries = resolvers.map((address) => ({ address }));
  const config = { transport: 'doh', dohMethod, resolvers: entries, timeoutMs: 500, attempts: 2 };
  await platform.clients.sql`
    UPDATE personas SET config = ${platform.clients.sql.json(config)} WHERE id = ${personaId}`;
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: name,
    campaignType: 'dns',
    input: { source: 'list', domains: Array.from({ length: 300 }, (_, index) => `https${index}.com`) },
    phases: { dns: { personaId, canaries: { enabled: false }, registrationCheck: 'off' } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  return platform.until(campaignId, ['completed', 'failed', 'error']);
}

async function expectTruth(campaignId: string): Promise<void> {
  const check = { campaignId, truth: platform.lab.truth, liveWorkers: new Set<string>() };
  expect(await checkInvariants(platform.clients.sql, check)).toEqual([]);
}

test.each(['GET', 'POST'] as const)('every verdict over HTTPS is the lab’s: %s', async (method) => {
  const done = await run(`Over HTTPS, ${method}`, [good], method);
  expect(done.status).toBe('completed');
  await expectTruth(done.campaignId);
});

test('a resolver whose certificate is not valid leaves the work to the other', async () => {
  const done = await run('One of two', [bad(), good], 'POST');
  expect(done.status).toBe('completed');
  await expectTruth(done.campaignId);
});

test('alone it ends the campaign, with the resolver and what is wrong with it', async () => {
  const done = await run('A stranger', [bad()], 'POST');
  expect(done.status).toBe('failed');
  expect(done.errorDetails).toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(
      /^No resolver can be reached: https:\/\/127\.0\.0\.1:\d+\/dns-query: The certificate of 127\.0\.0\.1 is not valid: nobody who is trusted has signed it/,
    ),
  });
  expect(done.processedDomainsCount).toBe(0);
});
