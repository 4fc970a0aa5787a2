import { sessions, signInLimits, users } from '@domainflow/db/schema/account.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { login } from './login.ts';
import { authOperations } from './operations.ts';
import { SESSION_COOKIE } from './session-cookie.ts';
import { openServiceFixture, PASSWORD, type ServiceFixture } from './testing/service-fixture.ts';

const { logout, me, changePassword } = authOperations;

let fixture: ServiceFixture;
beforeAll(async () => {
  fixture = await openServiceFixture();
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.db.delete(signInLimits);
});

const WRONG = { code: 'UNAUTHENTICATED', message: 'The username or the password is wrong.', field: null };

test('the first administrator is made once, by whichever process comes first', async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => fixture.accounts.ensureFirstAdmin()));
  const admins = made.filter((each) => each !== null);
  expect(admins).toHaveLength(1);
  expect(admins[0]).toMatchObject({
    username: 'admin',
    password: expect.stringMatching(/^(\w{4}-){4}\w{4}$/),
  });
  expect(await fixture.accounts.ensureFirstAdmin()).toBeNull();

  const client = fixture.client();
  const signedIn = await client.call(login, { username: ' ADMIN ', password: admins[0]?.password });
  expect(signedIn).toMatchObject({ user: { username: 'admin', role: 'admin', mustChangePassword: true } });
});

test('signing in sets a cookie that no script reads, and keeps only its hash', async () => {
  await fixture.createUser('cookie', 'member');
  const client = fixture.client('203.0.113.9');
  await client.call(login, { username: 'cookie', password: PASSWORD });
  expect(client.lastSetCookie).toMatch(
    new RegExp(`^${SESSION_COOKIE}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=\\d+$`),
  );
  const rows = await fixture.db.select().from(sessions).where(eq(sessions.ipAddress, '203.0.113.9'));
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(client.cookie);

  await client.call(login, { username: 'cookie', password: PASSWORD }, { isHttps: true });
  expect(client.lastSetCookie).toMatch(/; Secure$/);
});

test('unknown users, wrong passwords and disabled accounts get the same answer and leave an audit entry', async () => {
  const id = await fixture.createUser('gone', 'member');
  await fixture.createUser('present', 'member');
  await fixture.db.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, id));
  const client = fixture.client();
  for (const input of [
    { username: 'nobody', password: PASSWORD },
    { username: 'present', password: 'wrong password' },
    { username: 'gone', password: PASSWORD },
  ]) {
    await expect(client.call(login, input)).rejects.toMatchObject(WRONG);
  }
  expect(client.lastSetCookie).toBeNull();
  const refused = await fixture.db
    .select({ entityId: auditLogs.entityId })
    .from(auditLogs)
    .where(and(eq(auditLogs.action, 'auth.login'), sql`details->>'outcome' = 'refused'`));
  expect(refused.map((row) => row.entityId !== null)).toEqual([false, true, true]);
});

test('a hash is verified for unknown users as for known ones', async () => {
  const verified: string[] = [];
  const { hasher } = fixture.accounts;
  const deps = {
    ...fixture.deps,
    accounts: {
      ...fixture.accounts,
      hasher: {
        ...hasher,
        verify: (password: string, hash: string) => {
          verified.push(hash.slice(0, 7));
          return hasher.verify(password, hash);
        },
      },
    },
  };
  await fixture.createUser('known', 'member');
  const request = {
    ipAddress: null,
    requestId: 'r',
    isHttps: false,
    headers: new Headers(),
    responseHeaders: new Headers(),
    idempotencyKey: null,
    signal: new AbortController().signal,
  };
  for (const username of ['known', 'unknown']) {
    const prepared = login.prepare?.({ ...deps, actor: null, request }, { username, password: 'x' });
    await expect(prepared).rejects.toMatchObject(WRONG);
  }
  expect(verified).toHaveLength(2);
  expect(verified[0]).toBe(verified[1]);
});

test('ten failures lock the name, known or not, even for the right password; the lock ends by itself', async () => {
  await fixture.createUser('locked', 'member');
  for (const username of ['locked', 'no-such-user']) {
    for (let i = 0; i < 10; i++) {
      const client = fixture.client(`192.0.2.${i}`);
      await expect(client.call(login, { username, password: `wrong ${i}` })).rejects.toMatchObject(WRONG);
    }
    const client = fixture.client('192.0.2.77');
    await expect(client.call(login, { username, password: PASSWORD })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: 30 },
    });
  }

  const passTime = sql`UPDATE sign_in_limits SET locked_until = now() - interval '1 second' WHERE locked_until IS NOT NULL`;
  await fixture.db.execute(passTime);
  const attacker = fixture.client('192.0.2.78');
  await expect(attacker.call(login, { username: 'locked', password: 'wrong' })).rejects.toMatchObject(WRONG);
  const owner = fixture.client('192.0.2.79');
  await expect(owner.call(login, { username: 'locked', password: PASSWORD })).rejects.toMatchObject({
    details: { retryAfterSeconds: 60 },
  });

  await fixture.db.execute(passTime);
  await owner.call(login, { username: 'locked', password: PASSWORD });
  await expect(attacker.call(login, { username: 'locked', password: 'wrong' })).rejects.toMatchObject(WRONG);
});

test('parallel guesses count as well as those that come one after another', async () => {
  await fixture.createUser('parallel', 'member');
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      fixture.client(`192.0.2.${i}`).call(login, { username: 'parallel', password: `guess ${i}` }),
    ),
  );
  const codes = results.map((each) => (each.status === 'rejected' ? each.reason.code : 'in'));
  expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
});

test('an address that keeps failing on many names is locked for all of them', async () => {
  await fixture.createUser('neighbour', 'member');
  const attacker = fixture.client('203.0.113.66');
  for (let i = 0; i < 40; i++) {
    await expect(attacker.call(login, { username: `name-${i}`, password: 'x' })).rejects.toMatchObject(WRONG);
  }
  const input = { username: 'neighbour', password: PASSWORD };
  await expect(attacker.call(login, input)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await fixture.client('203.0.113.67').call(login, input);
});

test('a session is gone at sign-out, and signing in again never reuses a token', async () => {
  const client = await fixture.signedIn('leaver', 'member');
  const first = client.cookie;
  await client.call(login, { username: 'leaver', password: PASSWORD });
  expect(client.cookie).not.toBe(first);
  const second = client.cookie;
  client.cookie = first;
  expect(await client.actor()).toBeNull();

  client.cookie = second;
  expect(await client.call(me)).toMatchObject({ userId: client.userId, username: 'leaver' });
  await client.call(logout);
  expect(client.cookie).toBeNull();
  client.cookie = second;
  expect(await client.actor()).toBeNull();
  await expect(client.call(me)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('sessions expire, move on with use, and never live for more than thirty days', async () => {
  const client = await fixture.signedIn('sleeper', 'member');
  const mine = eq(sessions.userId, client.userId);
  const left = async () => {
    const [row] = await fixture.db
      .select({ days: sql<number>`extract(epoch FROM expires_at - now())::float8 / 86400` })
      .from(sessions)
      .where(mine);
    return row?.days ?? 0;
  };
  await fixture.db.update(sessions).set({ expiresAt: sql`now() + interval '2 days'` }).where(mine);
  expect(await client.actor()).not.toBeNull();
  expect(await left()).toBeCloseTo(7, 1);

  await fixture.db
    .update(sessions)
    .set({ createdAt: sql`now() - interval '29 days'`, expiresAt: sql`now() + interval '1 hour'` })
    .where(mine);
  expect(await client.actor()).not.toBeNull();
  expect(await left()).toBeCloseTo(1, 1);

  await fixture.db.update(sessions).set({ expiresAt: sql`now() - interval '1 second'` }).where(mine);
  expect(await client.actor()).toBeNull();
});

test.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}'`, 'A'.repeat(100_000)])(
  'a made-up token is nobody',
  async (token) => {
    const client = fixture.client();
    client.cookie = token;
    expect(await client.actor()).toBeNull();
  },
);

test('changing the password ends all sessions, and gives this client a new one', async () => {
  const client = await fixture.signedIn('changer', 'member');
  const other = fixture.client();
  await other.call(login, { username: 'changer', password: PASSWORD });
  const oldCookie = client.cookie;
  await fixture.db.update(users).set({ mustChangePassword: true }).where(eq(users.id, client.userId));

  const changed = await client.call(changePassword, {
    currentPassword: PASSWORD,
    newPassword: 'another long password',
  });
  expect(changed).toMatchObject({ user: { mustChangePassword: false } });
  expect(await other.actor()).toBeNull();
  expect(await client.actor()).toMatchObject({ username: 'changer', mustChangePassword: false });
  client.cookie = oldCookie;
  expect(await client.actor()).toBeNull();

  await expect(other.call(login, { username: 'changer', password: PASSWORD })).rejects.toMatchObject(WRONG);
  await other.call(login, { username: 'changer', password: 'another long password' });
});

test.each([
  [{ currentPassword: PASSWORD, newPassword: 'eleven char' }, 'newPassword'],
  [{ currentPassword: PASSWORD, newPassword: 'x'.repeat(257) }, 'newPassword'],
  [{ currentPassword: PASSWORD, newPassword: PASSWORD }, 'newPassword'],
  [{ currentPassword: PASSWORD, newPassword: 'A-Long-User-Name' }, 'newPassword'],
  [{ currentPassword: 'not the password', newPassword: 'another long password' }, 'currentPassword'],
  [{ newPassword: 'another long password' }, 'currentPassword'],
])('a password change that breaks a rule is refused: %j', async (input, field) => {
  await fixture.db.delete(users).where(eq(users.username, 'a-long-user-name'));
  const client = await fixture.signedIn('a-long-user-name', 'member');
  await expect(client.call(changePassword, input)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
  expect(await client.actor()).not.toBeNull();
});

test('guessing the current password through a session meets the same lock', async () => {
  const client = await fixture.signedIn('guessed', 'member');
  const guess = () =>
    client.call(changePassword, { currentPassword: 'wrong', newPassword: 'another long password' });
  for (let i = 0; i < 10; i++) await expect(guess()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(guess()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test.each([
  [logout, {}],
  [me, {}],
  [changePassword, { currentPassword: PASSWORD, newPassword: 'another long password' }],
])('nobody signed in is told to sign in', async (operation, input) => {
  await expect(fixture.client().call(operation, input)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('writes are audited without secrets', async () => {
  const rows = await fixture.db.select().from(auditLogs).where(isNull(auditLogs.userId));
  const text = JSON.stringify(await fixture.db.select().from(auditLogs));
  expect(rows.length).toBeGreaterThan(0);
  expect(text).toContain('auth.changePassword');
  for (const secret of [PASSWORD, 'another long password', '$2b$']) expect(text).not.toContain(secret);
});
