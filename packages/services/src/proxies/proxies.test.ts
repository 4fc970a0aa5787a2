import { proxies } from '@domainflow/db/schema/proxy.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { openCredentials } from './credentials.ts';
import { proxyOperations } from './operations.ts';

interface View {
  readonly proxyId: string;
  readonly name: string;
  readonly host: string;
  readonly version: number;
}

const MISSING = '01890000-0000-7000-8000-000000000000';
const SECRETS = ['planted-user-5f2c', 'planted-password-91ab', 'planted-other-77dd', 'planted-last-c0de'];

let fixture: ServiceFixture;
let admin: TestClient;
let owner: TestClient;
let other: TestClient;
beforeAll(async () => {
  // As in production: public addresses only.
  fixture = await openServiceFixture({ allowedTargets: [] });
  admin = await fixture.signedIn('admin', 'admin');
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
});
afterAll(() => fixture.close());

const make = (name: string, more: Record<string, unknown> = {}): Promise<View> =>
  owner.call<View>(proxyOperations.create, {
    ...{ name, kind: 'http', host: 'proxy.example', port: 3128 },
    ...more,
  });
async function stored(id: string) {
  const [row] = await fixture.db.select().from(proxies).where(eq(proxies.id, id));
  if (row === undefined) throw new Error('no row');
  return row;
}
const inTheClear = async (id: string) => openCredentials(fixture.deps.secrets, id, await stored(id));

test('a proxy is made with defaults, read by everybody, changed and deleted', async () => {
  const made = await make('Frankfurt', { host: 'Proxy.Example.', country: 'de', provider: 'Someone' });
  expect(made).toMatchObject({
    ...{
      name: 'Frankfurt',
      kind: 'http',
      host: 'proxy.example',
      port: 3128,
      country: 'DE',
      provider: 'Someone',
    },
    ...{
      hasUsername: false,
      hasPassword: false,
      maxConnections: 64,
      requestsPerSecond: null,
      lastCheck: null,
    },
    version: 1,
  });
  const id = made.proxyId;
  expect(await other.call(proxyOperations.get, { id })).toEqual(made);
  const changed = await owner.call<View>(proxyOperations.update, { id, version: 1, requestsPerSecond: 2.5 });
  expect(changed).toMatchObject({ version: 2, name: 'Frankfurt', requestsPerSecond: 2.5, country: 'DE' });
  await expect(owner.call(proxyOperations.update, { id, version: 1, port: 1 })).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  await expect(other.call(proxyOperations.update, { id, version: 2, port: 1 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(other.call(proxyOperations.delete, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await admin.call(proxyOperations.delete, { id, version: 2 })).toEqual({ deleted: true });
  for (const operation of [proxyOperations.get, proxyOperations.delete]) {
    await expect(owner.call(operation, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  await expect(owner.call(proxyOperations.update, { id: MISSING, version: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test.each<readonly [Record<string, unknown>, string]>([
  [{ kind: 'ftp' }, 'kind'],
  [{ host: '' }, 'host'],
  [{ host: 'user@proxy.example' }, 'host'],
  [{ host: 'http://proxy.example' }, 'host'],
  [{ host: 'proxy.example:3128' }, 'host'],
  [{ host: 'a b' }, 'host'],
  [{ port: 0 }, 'port'],
  [{ port: 65_536 }, 'port'],
  [{ country: 'Germany' }, 'country'],
  [{ username: '' }, 'username'],
  [{ password: 'a\r\nb' }, 'password'],
  [{ password: 'ü'.repeat(128) }, 'password'],
  [{ maxConnections: 0 }, 'maxConnections'],
  [{ requestsPerSecond: 0 }, 'requestsPerSecond'],
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127.1',
  ].map((host) => [{ host }, 'host'] as const),
  ...['::1', '[::1]', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'fd00::1', '0.0.0.0'].map(
    (host) => [{ host }, 'host'] as const,
  ),
])('%j is refused, and nothing is written', async (changes, field) => {
  await expect(make('Refused', changes)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
  expect(await fixture.db.$count(proxies, eq(proxies.name, 'Refused'))).toBe(0);
});

test('a name is taken once, and an update may not take it either', async () => {
  await make('Taken');
  const conflict = { code: 'CONFLICT', field: 'name' };
  await expect(make('Taken')).rejects.toMatchObject(conflict);
  const { proxyId: id } = await make('Second');
  await expect(owner.call(proxyOperations.update, { id, version: 1, name: 'Taken' })).rejects.toMatchObject(
    conflict,
  );
});

test('credentials stay until they are changed, are removed by null, and do not follow to another host', async () => {
  const made = await make('Secret', { username: 'planted-user-5f2c', password: 'planted-password-91ab' });
  const id = made.proxyId;
  expect(made).toMatchObject({ hasUsername: true, hasPassword: true });
  await owner.call(proxyOperations.update, { id, version: 1, provider: 'New' });
  expect(await inTheClear(id)).toEqual({ username: 'planted-user-5f2c', password: 'planted-password-91ab' });
  await owner.call(proxyOperations.update, { id, version: 2, password: 'planted-other-77dd' });
  expect(await inTheClear(id)).toEqual({ username: 'planted-user-5f2c', password: 'planted-other-77dd' });
  for (const change of [{ host: 'elsewhere.example' }, { port: 80 }, { kind: 'socks5' }]) {
    await expect(admin.call(proxyOperations.update, { id, version: 3, ...change })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'username',
    });
  }
  const moved = { id, version: 3, host: 'elsewhere.example', username: null, password: 'planted-last-c0de' };
  expect(await owner.call(proxyOperations.update, moved)).toMatchObject({
    hasUsername: false,
    hasPassword: true,
  });
  expect(await inTheClear(id)).toEqual({ username: null, password: 'planted-last-c0de' });
});

test('what is sealed for one row opens in no other', async () => {
  const { proxyId: from } = await make('From', { password: 'planted-password-91ab' });
  const { proxyId: to } = await make('To', { password: 'planted-other-77dd' });
  const { password } = await stored(from);
  await fixture.db.update(proxies).set({ password, username: password }).where(eq(proxies.id, to));
  await expect(inTheClear(to)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('planted secrets are in no table and in no answer', async () => {
  const answers: unknown[] = [];
  const input = {
    kind: 'socks5',
    host: 'proxy.example',
    port: 1080,
    username: SECRETS[0],
    password: SECRETS[1],
  };
  answers.push(
    await owner.call(proxyOperations.create, { ...input, name: 'Keyed' }, { idempotencyKey: 'k-1' }),
  );
  answers.push(
    await owner.call(proxyOperations.create, { ...input, name: 'Keyed' }, { idempotencyKey: 'k-1' }),
  );
  const refused = await owner
    .call(proxyOperations.create, { ...input, name: 'Keyed' })
    .catch((error) => error);
  const invalid = await owner
    .call(proxyOperations.create, { ...input, name: 'x', password: `${SECRETS[1]}\n`, port: 'x' })
    .catch((error) => error);
  answers.push(refused, refused.details, invalid, invalid.details, invalid.message);
  answers.push(await owner.call(proxyOperations.list, { limit: 100 }));
  const tables = await fixture.sql<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const rows = await fixture.sql.unsafe(`SELECT row_to_json(t)::text AS row FROM ${name} t`);
    answers.push(rows.map(({ row }) => row));
  }
  const everything = JSON.stringify(answers);
  expect(everything).toContain('Keyed');
  for (const secret of SECRETS) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(btoa(secret));
    expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('lists have pages, and a search', async () => {
  for (const name of ['List b', 'List a', 'List c']) await make(name);
  interface Page {
    readonly items: View[];
    readonly nextCursor: string | null;
    readonly total: number;
  }
  const first = await other.call<Page>(proxyOperations.list, { search: 'list ', limit: 2 });
  expect(first.items.map(({ name }) => name)).toEqual(['List a', 'List b']);
  expect(first.total).toBe(3);
  const second = await other.call<Page>(proxyOperations.list, { search: 'list ', cursor: first.nextCursor });
  expect(second).toMatchObject({ items: [{ name: 'List c' }], nextCursor: null });
});

test('only who is signed in', async () => {
  for (const operation of Object.values(proxyOperations)) {
    await expect(fixture.client().call(operation, { id: MISSING })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  }
});
