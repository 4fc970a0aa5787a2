import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { proxyOperations } from '../proxies/operations.ts';
import { proxyPoolOperations } from './operations.ts';

interface View {
  readonly proxyPoolId: string;
  readonly proxyIds: string[];
  readonly version: number;
}

const MISSING = '01890000-0000-7000-8000-000000000000';

let fixture: ServiceFixture;
let owner: TestClient;
let other: TestClient;
let ids: string[];
beforeAll(async () => {
  fixture = await openServiceFixture();
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
  ids = [];
  for (const name of ['One', 'Two', 'Three']) {
    const input = { name, kind: 'socks5', host: 'proxy.example', port: 1080 };
    ids.push((await owner.call<{ proxyId: string }>(proxyOperations.create, input)).proxyId);
  }
});
afterAll(() => fixture.close());

const make = (
  name: string,
  proxyIds: unknown = ids.slice(0, 2),
  more: Record<string, unknown> = {},
): Promise<View> => owner.call<View>(proxyPoolOperations.create, { name, proxyIds, ...more });

test('a pool keeps its proxies in order', async () => {
  const [one, two, three] = ids;
  const made = await make('Ordered', [three, one]);
  expect(made).toMatchObject({
    ...{
      rotation: 'round_robin',
      ejectAfterFailures: 3,
      pauseMs: 5_000,
      maxPauseMs: 300_000,
      targetBy: 'name',
    },
    ...{ proxyIds: [three, one], proxyCount: 2, version: 1 },
  });
  const id = made.proxyPoolId;
  expect(await other.call(proxyPoolOperations.get, { id })).toEqual(made);
  const changed = await owner.call<View>(proxyPoolOperations.update, {
    ...{ id, version: 1, rotation: 'sticky', proxyIds: [two, three, one] },
  });
  expect(changed).toMatchObject({ rotation: 'sticky', proxyIds: [two, three, one], version: 2 });
  const renamed = { id, version: 2, name: 'Ordered 2' };
  expect(await owner.call(proxyPoolOperations.update, renamed)).toMatchObject({
    proxyIds: [two, three, one],
  });
  await expect(owner.call(proxyPoolOperations.update, renamed)).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  await expect(other.call(proxyPoolOperations.update, { id, version: 3 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const { items } = await other.call<{ items: object[] }>(proxyPoolOperations.list, { search: 'ordered' });
  expect(items).toMatchObject([{ name: 'Ordered 2', proxyCount: 3 }]);
});

test.each([
  [{ proxyIds: [] }, 'proxyIds'],
  [{ proxyIds: [MISSING] }, 'proxyIds.0'],
  [{ proxyIds: ['x'] }, 'proxyIds.0'],
  [{ rotation: 'best' }, 'rotation'],
  [{ ejectAfterFailures: 6 }, 'ejectAfterFailures'],
  [{ pauseMs: 10_000, maxPauseMs: 5_000 }, 'maxPauseMs'],
  [{ name: ' ' }, 'name'],
])('%j is refused', async (changes, field) => {
  await expect(make('Refused', undefined, changes)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
});

test('a proxy stands in a pool once; a half-written pool is none', async () => {
  const [one = '', two = ''] = ids;
  await expect(make('Twice', [one, two, one.toUpperCase()])).rejects.toMatchObject({ field: 'proxyIds.2' });
  await expect(make('Half', [one, MISSING])).rejects.toMatchObject({ field: 'proxyIds.1' });
  expect(await owner.call(proxyPoolOperations.list, { search: 'half' })).toMatchObject({ total: 0 });
  const { proxyPoolId: id } = await make('Whole', [one]);
  const wrong = { id, version: 1, name: 'Changed', proxyIds: [two, MISSING] };
  await expect(owner.call(proxyPoolOperations.update, wrong)).rejects.toMatchObject({ field: 'proxyIds.1' });
  expect(await owner.call(proxyPoolOperations.get, { id })).toMatchObject({ name: 'Whole', proxyIds: [one] });
});

test('a name is taken once', async () => {
  await make('Taken');
  await expect(make('Taken')).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  const { proxyPoolId: id } = await make('Not taken');
  await expect(
    owner.call(proxyPoolOperations.update, { id, version: 1, name: 'Taken' }),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'name',
  });
});

test('a proxy of a pool is not deleted; the pool is, unless a campaign needs it', async () => {
  const input = { name: 'Member', kind: 'http', host: 'proxy.example', port: 80 };
  const { proxyId } = await owner.call<{ proxyId: string }>(proxyOperations.create, input);
  const { proxyPoolId: id } = await make('Needed', [proxyId]);
  await expect(owner.call(proxyOperations.delete, { id: proxyId })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('"Needed"'),
  });
  const campaign = '01890000-0000-7000-8000-0000000000bb';
  await fixture.sql`INSERT INTO campaigns (id, name, type, mode, status, input, owner_id, created_by)
    SELECT ${campaign}, 'Run', 'http', 'full_sequence', 'active', '{}', id, id FROM users LIMIT 1`;
  await fixture.sql`INSERT INTO phase_runs (campaign_id, phase, position, status, config)
    VALUES (${campaign}, 'http', 0, 'running', jsonb_build_object('proxyAssignmentId', ${id}::text))`;
  await expect(other.call(proxyPoolOperations.delete, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(owner.call(proxyPoolOperations.delete, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await fixture.sql`UPDATE phase_runs SET status = 'completed' WHERE campaign_id = ${campaign}`;
  expect(await owner.call(proxyPoolOperations.delete, { id, version: 1 })).toEqual({ deleted: true });
  await expect(owner.call(proxyPoolOperations.get, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await owner.call(proxyOperations.delete, { id: proxyId })).toEqual({ deleted: true });
});

test('only who is signed in', async () => {
  for (const operation of Object.values(proxyPoolOperations)) {
    await expect(fixture.client().call(operation, { id: MISSING })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  }
});
