import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import type { PersonaTest, ResolversTest } from '../probes/test-result.ts';
import { resolverOperations } from '../resolvers/operations.ts';
import { LAB_PERSONA_NAME, seedDefaults } from '../seed/seed-defaults.ts';
import { personaOperations } from './operations.ts';

const MISSING = '01890000-0000-7000-8000-000000000000';

let lab: Lab;
let fixture: ServiceFixture;
let owner: TestClient;
let other: TestClient;
let labResolver: string;
beforeAll(async () => {
  lab = await startLab({ seed: 'test-persona' });
  const { dns, http, https, caPem } = lab;
  // As in production: nothing but the lab and the public internet.
  fixture = await openServiceFixture({
    labJson: JSON.stringify({ dns, http, https, caPem }),
    allowedTargets: [],
  });
  await seedDefaults(fixture.db, { labDns: dns });
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
  labResolver = `${dns.host}:${dns.port}`;
});
afterAll(async () => {
  await fixture.close();
  await lab.close();
});

async function labPersona(kind: 'dns' | 'http'): Promise<string> {
  const rows = await fixture.db.select().from(personas).where(eq(personas.name, LAB_PERSONA_NAME));
  return rows.find((row) => row.kind === kind)?.id ?? '';
}

test('a DNS persona is tested by whoever sees it, and the audit log knows', async () => {
  const id = await labPersona('dns');
  const result = await other.call<PersonaTest>(personaOperations.test, { id });
  expect(result).toMatchObject({
    kind: 'dns',
    ok: true,
    summary: expect.stringMatching(/^It works and answers in/),
    resolvers: [{ resolver: labResolver, ok: true }],
  });
  const [entry] = await fixture.db.select().from(auditLogs).where(eq(auditLogs.action, 'personas.test'));
  expect(entry).toMatchObject({ entityId: id, details: { kind: 'dns', ok: true } });
});

test('names of the caller are asked for', async () => {
  const id = await labPersona('dns');
  const wrong = await owner.call<PersonaTest>(personaOperations.test, { id, names: ['absent-1.com'] });
  expect(wrong).toMatchObject({ ok: false, summary: expect.stringContaining('absent-1.com') });
  for (const names of [['no name'], ['a'.repeat(64)], ['']]) {
    await expect(owner.call(personaOperations.test, { id, names })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'names.0',
    });
  }
});

test('an HTTP persona shows what was sent and what came', async () => {
  const id = await labPersona('http');
  const dnsPersonaId = await labPersona('dns');
  const result = await owner.call<PersonaTest>(personaOperations.test, { id, dnsPersonaId });
  expect(result).toMatchObject({ kind: 'http', ok: true, statusCode: 200, finalUrl: 'https://live-1.com/' });
  if (result.kind !== 'http') throw new Error('another kind');
  expect(result.requestHeaders.map(({ name }) => name)).toContain('User-Agent');
  expect(result.bodyBytes).toBeGreaterThan(1_000);
  const failing = await owner.call<PersonaTest>(personaOperations.test, {
    id,
    dnsPersonaId,
    url: 'https://expired-1.com/',
  });
  expect(failing).toMatchObject({ ok: false, verdict: 'SSL_EXPIRED', statusCode: null });
});

test('a configuration is tried before it is saved', async () => {
  const config = { resolvers: [labResolver], timeoutMs: 500 };
  const result = await owner.call<PersonaTest>(personaOperations.testConfig, { kind: 'dns', config });
  expect(result).toMatchObject({ kind: 'dns', ok: true });
  const input = { kind: 'http', config: { userAgent: 'Draft/1' }, url: 'https://live-2.com/' };
  const page = await owner.call<PersonaTest>(personaOperations.testConfig, {
    ...input,
    dnsPersonaId: await labPersona('dns'),
  });
  expect(page).toMatchObject({ kind: 'http', ok: true });
  expect(page.kind === 'http' && page.requestHeaders).toContainEqual({
    name: 'User-Agent',
    value: 'Draft/1',
  });
});

test('resolvers are tested without a persona', async () => {
  const result = await owner.call<ResolversTest>(resolverOperations.test, {
    resolvers: [labResolver],
    transport: 'tcp',
  });
  expect(result).toMatchObject({ ok: true, resolvers: [{ resolver: labResolver, ok: true }] });
});

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
  ...['224.0.0.1', '[::1]:53', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'fe80::1', 'fd00::1'],
])('a resolver at %s is refused, saved or not', async (address) => {
  const config = { resolvers: ['9.9.9.9', address] };
  const refused = { code: 'INVALID_INPUT', field: 'config.resolvers.1.address' };
  const create = owner.call(personaOperations.create, { kind: 'dns', name: `Refused ${address}`, config });
  await expect(create).rejects.toMatchObject(refused);
  await expect(owner.call(personaOperations.testConfig, { kind: 'dns', config })).rejects.toMatchObject(
    refused,
  );
  await expect(owner.call(resolverOperations.test, config)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'resolvers.1.address',
  });
});

test.each(['2130706433', '0x7f000001', '0177.0.0.1', '127.1', 'localhost', '127.0.0.1@9.9.9.9', '9.9.9.9#x'])(
  'the form %s is no address',
  async (address) => {
    const config = { resolvers: [address] };
    await expect(
      owner.call(personaOperations.create, { kind: 'dns', name: `No ${address}`, config }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'config.resolvers.0.address' });
  },
);

test('a DoH URL at a private address, and a trusted resolver there, are refused too', async () => {
  const make = (config: unknown) =>
    owner.call(personaOperations.create, { kind: 'dns', name: 'DoH', config });
  for (const host of ['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:10.0.0.1]']) {
    await expect(make({ transport: 'doh', resolvers: [`https://${host}/dns-query`] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'config.resolvers.0.address',
    });
  }
  await expect(make({ trustedResolvers: ['10.0.0.1'] })).rejects.toMatchObject({
    field: 'config.trustedResolvers.0.address',
  });
});

test('an update is held to the same rule, and half of it is not written', async () => {
  const made = await owner.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name: 'Public',
    config: { resolvers: ['9.9.9.9'] },
  });
  const id = made.personaId;
  const config = { resolvers: ['10.0.0.1'] };
  await expect(
    owner.call(personaOperations.update, { id, version: 1, name: 'Renamed', config }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'config.resolvers.0.address' });
  expect(await owner.call(personaOperations.get, { id })).toMatchObject({ name: 'Public', version: 1 });
});

test('what does not exist, and who is not signed in', async () => {
  await expect(owner.call(personaOperations.test, { id: MISSING })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const id = await labPersona('http');
  await expect(owner.call(personaOperations.test, { id, dnsPersonaId: MISSING })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'dnsPersonaId',
  });
  await expect(owner.call(personaOperations.test, { id, url: 'file:///etc/passwd' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'url',
  });
  for (const operation of [personaOperations.test, personaOperations.testConfig, resolverOperations.test]) {
    await expect(fixture.client().call(operation, { id })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});

test('who leaves is not waited for', async () => {
  const signal = AbortSignal.timeout(100);
  const started = performance.now();
  const url = 'https://tarpit-1.com/';
  const call = owner.call(
    personaOperations.test,
    { id: await labPersona('http'), dnsPersonaId: await labPersona('dns'), url },
    { signal },
  );
  await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The client has left.' });
  expect(performance.now() - started).toBeLessThan(2_000);
});
