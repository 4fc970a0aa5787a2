import { allOperations } from '@domainflow/services/operation/catalogue.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

const MISSING = '01900000-0000-7000-8000-000000000000';

let api: ApiFixture;
let member: ApiUser;
let newcomer: ApiUser;
beforeAll(async () => {
  api = await openApiFixture();
  member = await api.signIn('access-member', 'member');
  newcomer = await api.signIn('access-newcomer', 'admin');
  await api.sql`UPDATE users SET must_change_password = true WHERE id = ${newcomer.userId}`;
});
afterAll(() => api.close());

const rest = (user: ApiUser, { rest: { method, path } }: (typeof allOperations)[number]): Promise<Response> =>
  user.fetch(`/api/v2${path.replaceAll(/\{\w+\}/g, MISSING)}`, { method });

const trpc = (user: ApiUser, { name, kind }: (typeof allOperations)[number]): Promise<Response> =>
  kind === 'query' ? user.fetch(`/trpc/${name}`) : user.fetch(`/trpc/${name}`, { json: {} });

/** Every operation of a level, through both interfaces. */
const through = (levels: readonly string[]) =>
  allOperations
    .filter(({ access }) => levels.includes(access))
    .flatMap((operation) => [
      { name: `REST ${operation.name}`, operation, send: rest },
      { name: `tRPC ${operation.name}`, operation, send: trpc },
    ]);

test('with a one-time password nothing is open but what changes it', async () => {
  for (const { name, operation, send } of through(['member', 'admin'])) {
    const response = await send(newcomer, operation);
    expect(response.status, name).toBe(403);
    expect(await response.text(), name).toContain('PASSWORD_CHANGE_REQUIRED');
  }
  for (const path of [
    '/api/v2/sse/events',
    '/api/v2/sse/events/stats',
    `/api/v2/campaigns/${MISSING}/results`,
  ]) {
    expect((await newcomer.fetch(path)).status, path).toBe(403);
  }
  expect((await newcomer.fetch('/api/v2/me')).status).toBe(200);
});

test('members are refused what administrators do', async () => {
  const operations = through(['admin']);
  expect(operations.length).toBeGreaterThan(0);
  for (const { name, operation, send } of operations) {
    const response = await send(member, operation);
    expect(response.status, name).toBe(403);
    expect(await response.text(), name).toContain('FORBIDDEN');
  }
});

test('a disabled account is nobody at once', async () => {
  const leaver = await api.signIn('access-leaver', 'member');
  expect((await leaver.fetch('/api/v2/me')).status).toBe(200);
  await api.sql`UPDATE users SET disabled_at = now() WHERE id = ${leaver.userId}`;
  for (const { name, operation, send } of through(['session', 'member', 'admin'])) {
    expect((await send(leaver, operation)).status, name).toBe(401);
  }
});
