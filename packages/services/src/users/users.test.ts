import { credentials, users } from '@domainflow/db/schema/account.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { idempotencyKeys } from '@domainflow/db/schema/idempotency-key.ts';
import { and, eq, ne } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login } from '../accounts/login.ts';
import { authOperations } from '../accounts/operations.ts';
import {
  openServiceFixture,
  PASSWORD,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { userOperations } from './operations.ts';

interface HandOver {
  readonly user: { readonly userId: string; readonly username: string };
  readonly oneTimePassword: string;
}

const MISSING = '01890000-0000-7000-8000-000000000000';

let fixture: ServiceFixture;
let admin: TestClient & { readonly userId: string };
let member: TestClient & { readonly userId: string };
beforeAll(async () => {
  fixture = await openServiceFixture();
  admin = await fixture.signedIn('root', 'admin');
  member = await fixture.signedIn('member', 'member');
});
afterAll(() => fixture.close());

test('a new user signs in with the one-time password and can do nothing before changing it', async () => {
  const made = await admin.call<HandOver>(userOperations.create, { username: ' New.User ', role: 'admin' });
  expect(made.user).toMatchObject({
    username: 'new.user',
    role: 'admin',
    mustChangePassword: true,
    disabled: false,
  });

  const client = fixture.client();
  await client.call(login, { username: 'new.user', password: made.oneTimePassword });
  await expect(client.call(userOperations.list)).rejects.toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
  expect(await client.call(authOperations.me)).toMatchObject({ mustChangePassword: true });
  await client.call(authOperations.changePassword, {
    currentPassword: made.oneTimePassword,
    newPassword: 'a password of my own',
  });
  expect(await client.call(userOperations.list)).toMatchObject({ totalExact: true });
});

test('the one-time password is answered once and stored nowhere', async () => {
  const input = { username: 'keyed', role: 'member' };
  const made = await admin.call<HandOver>(userOperations.create, input, { idempotencyKey: 'k1' });
  await expect(admin.call(userOperations.create, input, { idempotencyKey: 'k1' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const stored = JSON.stringify([
    await fixture.db.select().from(idempotencyKeys),
    await fixture.db.select().from(auditLogs),
    await fixture.db.select().from(credentials),
  ]);
  expect(stored).not.toContain(made.oneTimePassword);
});

test.each([
  [{ username: 'ab' }, 'username'],
  [{ username: 'has space' }, 'username'],
  [{ username: '-edge' }, 'username'],
  [{ username: 'x'.repeat(65) }, 'username'],
  [{ username: 'fine', role: 'owner' }, 'role'],
  [{}, 'username'],
])('a user that breaks a rule is refused: %j', async (input, field) => {
  await expect(admin.call(userOperations.create, input)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
});

test('a name is taken whatever its case', async () => {
  await expect(admin.call(userOperations.create, { username: 'MEMBER' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'username',
  });
});

test.each([
  [userOperations.list, {}],
  [userOperations.create, { username: 'other', role: 'member' }],
  [userOperations.update, { id: MISSING, role: 'admin' }],
  [userOperations.resetPassword, { id: MISSING }],
])('members and strangers may not', async (operation, input) => {
  await expect(member.call(operation, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(fixture.client().call(operation, input)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test.each([
  [userOperations.update, { id: MISSING, role: 'admin' }],
  [userOperations.resetPassword, { id: MISSING }],
])('a user that does not exist is not found', async (operation, input) => {
  await expect(admin.call(operation, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('disabling ends the sessions at once; enabling lets the user in again', async () => {
  const target = await fixture.signedIn('target', 'member');
  const view = await admin.call(userOperations.update, { id: target.userId, disabled: true });
  expect(view).toMatchObject({ disabled: true, role: 'member' });
  expect(await target.actor()).toBeNull();
  const signIn = () => target.call(login, { username: 'target', password: PASSWORD });
  await expect(signIn()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await admin.call(userOperations.update, { id: target.userId, disabled: false });
  expect(await target.actor()).toBeNull();
  await signIn();
});

test('a role changes for sessions that are open', async () => {
  const target = await fixture.signedIn('promoted', 'member');
  await admin.call(userOperations.update, { id: target.userId, role: 'admin' });
  expect(await target.actor()).toMatchObject({ role: 'admin' });
  await admin.call(userOperations.update, { id: target.userId, role: 'member' });
  await expect(target.call(userOperations.list)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a reset ends the sessions, lifts the lock and gives a password that must be changed', async () => {
  const target = await fixture.signedIn('forgetful', 'member');
  const stranger = fixture.client('192.0.2.1');
  for (let i = 0; i < 10; i++) {
    await stranger.call(login, { username: 'forgetful', password: `guess ${i}` }).catch(() => {});
  }
  const handed = await admin.call<HandOver>(userOperations.resetPassword, { id: target.userId });
  expect(await target.actor()).toBeNull();
  await expect(target.call(login, { username: 'forgetful', password: PASSWORD })).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const signedIn = await target.call(login, { username: 'forgetful', password: handed.oneTimePassword });
  expect(signedIn).toMatchObject({ user: { mustChangePassword: true } });
});

test('the last active administrator stays one, also when two remove each other at once', async () => {
  await fixture.db
    .update(users)
    .set({ role: 'member' })
    .where(and(eq(users.role, 'admin'), ne(users.id, admin.userId)));
  for (const change of [{ role: 'member' }, { disabled: true }]) {
    await expect(admin.call(userOperations.update, { id: admin.userId, ...change })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  }
  const second = await fixture.signedIn('second', 'admin');
  const results = await Promise.allSettled([
    admin.call(userOperations.update, { id: second.userId, disabled: true }),
    second.call(userOperations.update, { id: admin.userId, role: 'member' }),
  ]);
  expect(results.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  await fixture.db.update(users).set({ role: 'admin', disabledAt: null }).where(eq(users.id, admin.userId));
  if ((await admin.actor()) === null) await admin.call(login, { username: 'root', password: PASSWORD });
});

test('the list is by name, page by page, and can be searched', async () => {
  const all = await admin.call<{ items: { username: string }[]; total: number }>(userOperations.list, {});
  const names = all.items.map((user) => user.username);
  expect(names).toEqual([...names].sort());
  expect(all.total).toBe(names.length);
  expect(JSON.stringify(all)).not.toContain('$2b$');

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { username: string }[]; nextCursor: string | null } = await admin.call(
      userOperations.list,
      { limit: 2, order: 'desc', ...(cursor === null ? {} : { cursor }) },
    );
    seen.push(...page.items.map((user) => user.username));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual([...names].reverse());

  expect(await admin.call(userOperations.list, { search: 'EMBE' })).toMatchObject({
    items: [{ username: 'member' }],
    total: 1,
  });
  expect(await admin.call(userOperations.list, { search: '%' })).toMatchObject({ items: [], total: 0 });
  await expect(admin.call(userOperations.list, { cursor: 'bm9wZQ' })).rejects.toMatchObject({
    field: 'cursor',
  });
});

test('instants are ISO 8601', async () => {
  const { items } = await admin.call<{ items: Record<string, string>[] }>(userOperations.list, {
    search: 'root',
  });
  expect(items[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(items[0]?.lastSignInAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});
