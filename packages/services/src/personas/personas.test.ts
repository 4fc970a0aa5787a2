import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { seedDefaults } from '../seed/seed-defaults.ts';
import { personaOperations } from './operations.ts';

interface View {
  readonly personaId: string;
  readonly name: string;
  readonly version: number;
  readonly config: Record<string, unknown>;
  readonly isDefault: boolean;
}
interface Page {
  readonly items: View[];
  readonly nextCursor: string | null;
  readonly total: number;
}

const MISSING = '01890000-0000-7000-8000-000000000000';

let fixture: ServiceFixture;
let admin: TestClient & { readonly userId: string };
let owner: TestClient & { readonly userId: string };
let other: TestClient & { readonly userId: string };
beforeAll(async () => {
  fixture = await openServiceFixture();
  await seedDefaults(fixture.db);
  admin = await fixture.signedIn('admin', 'admin');
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
});
afterAll(() => fixture.close());

const make = (name: string, more: Record<string, unknown> = {}): Promise<View> =>
  owner.call<View>(personaOperations.create, { kind: 'dns', name, ...more });
const fresh = (id: string): Promise<View> => owner.call<View>(personaOperations.get, { id });

test('a persona is made with the defaults of its kind and read by everybody', async () => {
  const made = await make('  Fast  ', {
    config: { timeoutMs: 500, resolvers: ['192.0.2.1', '[2001:db8::1]:5353'] },
  });
  expect(made).toMatchObject({
    kind: 'dns',
    name: 'Fast',
    version: 1,
    isDefault: false,
    createdBy: owner.userId,
    config: {
      timeoutMs: 500,
      attempts: 4,
      strategy: 'round_robin',
      resolvers: [
        { address: '192.0.2.1', weight: 1, queriesPerSecond: null },
        { address: '[2001:db8::1]:5353', weight: 1, queriesPerSecond: null },
      ],
    },
  });
  expect(await other.call(personaOperations.get, { id: made.personaId })).toEqual(made);
  const web = await owner.call<View>(personaOperations.create, { kind: 'http', name: 'Fast' });
  expect(web.config).toMatchObject({ maxRedirects: 5, headers: [] });
});

test.each([
  [{ kind: 'dns', name: 'x', config: { timeoutMs: 1 } }, 'config.timeoutMs'],
  [
    { kind: 'dns', name: 'x', config: { resolvers: ['192.0.2.1', 'dns.example'] } },
    'config.resolvers.1.address',
  ],
  [{ kind: 'dns', name: 'x', config: { userAgent: 'a field of the other kind' } }, 'config.userAgent'],
  [
    { kind: 'dns', name: 'x', config: { resolvers: [{ address: '192.0.2.1', prt: 5 }] } },
    'config.resolvers.0.prt',
  ],
  [{ kind: 'http', name: 'x', config: { headers: [{ name: 'a b', value: '' }] } }, 'config.headers.0.name'],
  [{ kind: 'smtp', name: 'x' }, 'kind'],
  [{ kind: 'dns', name: '   ' }, 'name'],
  [{ kind: 'dns' }, 'name'],
])('a persona that breaks a rule is refused: %j', async (input, field) => {
  await expect(owner.call(personaOperations.create, input)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
});

test('names are unique within a kind', async () => {
  await make('Taken');
  const conflict = { code: 'CONFLICT', field: 'name' };
  await expect(make('Taken')).rejects.toMatchObject(conflict);
  const second = await make('Second');
  const rename = { id: second.personaId, version: 1, name: 'Taken' };
  await expect(owner.call(personaOperations.update, rename)).rejects.toMatchObject(conflict);
  expect(await fresh(second.personaId)).toMatchObject({ name: 'Second', version: 1 });
});

test('a change raises the version; a change of an older version is refused', async () => {
  const { personaId: id } = await make('Versioned', { config: { timeoutMs: 700 } });
  const changed = await owner.call<View>(personaOperations.update, {
    id,
    version: 1,
    config: { attempts: 2 },
  });
  expect(changed).toMatchObject({ version: 2, name: 'Versioned', config: { attempts: 2, timeoutMs: 2_000 } });
  await expect(
    owner.call(personaOperations.update, { id, version: 1, description: 'late' }),
  ).rejects.toMatchObject({ code: 'STALE_VERSION', field: 'version', details: { currentVersion: 2 } });
  const races = await Promise.allSettled([
    owner.call(personaOperations.update, { id, version: 2, description: 'one' }),
    admin.call(personaOperations.update, { id, version: 2, description: 'two' }),
  ]);
  expect(races.map((race) => race.status).sort()).toEqual(['fulfilled', 'rejected']);
  const wrongConfig = { id, version: 3, config: { timeoutMs: 'soon' } };
  await expect(owner.call(personaOperations.update, wrongConfig)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'config.timeoutMs',
  });
  const audited = await fixture.db
    .select()
    .from(auditLogs)
    .where(and(eq(auditLogs.entityId, id), eq(auditLogs.action, 'personas.update')));
  expect(audited).toHaveLength(2);
});

test('only who made it and administrators change it', async () => {
  const { personaId: id } = await make('Mine');
  const forbidden = { code: 'FORBIDDEN' };
  await expect(
    other.call(personaOperations.update, { id, version: 1, name: 'Theirs' }),
  ).rejects.toMatchObject(forbidden);
  await expect(other.call(personaOperations.delete, { id })).rejects.toMatchObject(forbidden);
  const stranger = fixture.client();
  for (const operation of [personaOperations.get, personaOperations.delete]) {
    await expect(stranger.call(operation, { id })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  await admin.call(personaOperations.update, { id, version: 1, name: 'Renamed by an administrator' });
  await expect(owner.call(personaOperations.delete, { id, version: 1 })).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  expect(await owner.call(personaOperations.delete, { id, version: 2 })).toEqual({ deleted: true });
  await expect(fresh(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  [personaOperations.get, {}],
  [personaOperations.update, { version: 1 }],
  [personaOperations.delete, {}],
])('what does not exist is not found, and no id is invalid', async (operation, more) => {
  await expect(owner.call(operation, { id: MISSING, ...more })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(owner.call(operation, { id: 'x', ...more })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'id',
  });
});

test('there is always exactly one default of a kind, and only administrators choose it', async () => {
  const defaults = () =>
    fixture.db
      .select({ id: personas.id })
      .from(personas)
      .where(and(eq(personas.kind, 'dns'), eq(personas.isDefault, true)));
  await expect(make('Self-made', { isDefault: true })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    field: 'isDefault',
  });
  const [before] = await defaults();
  const id = before?.id ?? '';
  const { version } = await fresh(id);
  await expect(admin.call(personaOperations.delete, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(admin.call(personaOperations.update, { id, version, isDefault: false })).rejects.toMatchObject(
    { code: 'CONFLICT', field: 'isDefault' },
  );

  const candidates = await Promise.all(['A', 'B', 'C'].map((name) => make(`Candidate ${name}`)));
  await Promise.all(
    candidates.map((each) =>
      admin
        .call(personaOperations.update, { id: each.personaId, version: 1, isDefault: true })
        .catch(() => {}),
    ),
  );
  expect(await defaults()).toHaveLength(1);
  const made = await admin.call<View>(personaOperations.create, {
    kind: 'dns',
    name: 'By fiat',
    isDefault: true,
  });
  expect(await defaults()).toEqual([{ id: made.personaId }]);
  expect(await fresh(id)).toMatchObject({ isDefault: false });
  expect(await admin.call(personaOperations.delete, { id })).toEqual({ deleted: true });
});

test('the list pages by name, filters by kind and searches', async () => {
  const all = await owner.call<Page>(personaOperations.list, { limit: 1_000 });
  const seen: View[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await owner.call<Page>(personaOperations.list, {
      limit: 2,
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(all.items);
  expect(all.total).toBe(seen.length);
  const second = await owner.call<Page>(personaOperations.list, { limit: 1, offset: 1 });
  expect(second.items).toEqual(all.items.slice(1, 2));
  const web = await owner.call<Page>(personaOperations.list, { kind: 'http', order: 'desc' });
  expect(web.items.map((each) => each.name)).toEqual(['Standard', 'Fast']);
  const found = await owner.call<Page>(personaOperations.list, { search: 'candidate' });
  expect(found.total).toBe(3);
});
