import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { idempotencyKeys } from '@domainflow/db/schema/idempotency-key.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { execute } from './execute.ts';
import { mutation, query, type RequestInfo } from './operation.ts';

let fixture: ServiceFixture;
let member: TestClient;
let admin: TestClient;
beforeAll(async () => {
  fixture = await openServiceFixture();
  member = await fixture.signedIn('execute-member', 'member');
  admin = await fixture.signedIn('execute-admin', 'admin');
});
afterAll(() => fixture.close());

let runs = 0;
/** Writes a row, waits if told to, and fails if told to. */
const remember = mutation({
  name: 'test.remember',
  summary: 'Writes a row',
  rest: { method: 'POST', path: '/test' },
  access: 'member',
  input: z.object({ name: z.string().max(40), waitMs: z.int().default(0), fail: z.boolean().default(false) }),
  output: z.object({ id: z.string(), at: z.string() }),
  audit: (input, output) => ({ entity: 'test', entityId: output.id, details: { name: input.name } }),
  async run({ tx }, { name, waitMs, fail }) {
    runs += 1;
    const [row] = await tx
      .insert(personas)
      .values({ kind: 'dns', name, config: {} })
      .returning({ id: personas.id });
    await tx.execute(sql`SELECT pg_sleep(${waitMs / 1_000})`);
    if (fail) throw new DomainFlowError('CONFLICT', 'told to fail');
    return { id: row?.id ?? '', at: new Date().toISOString() };
  },
});

const secret = mutation({
  ...remember,
  name: 'test.secret',
  answerIsSecret: true,
  run: () => Promise.resolve({ id: 'PLANTED-SECRET', at: '' }),
});

const broken = query({
  name: 'test.broken',
  summary: 'Fails with something that no client may read',
  rest: { method: 'GET', path: '/test' },
  access: 'public',
  input: z.object({}),
  output: z.object({}),
  run: () => Promise.reject(new Error('password=hunter2 in SELECT * FROM users')),
});

const rowsNamed = async (name: string): Promise<number> => {
  const [row] = await fixture.db.select({ n: count() }).from(personas).where(eq(personas.name, name));
  return row?.n ?? 0;
};
const refused = (code: string) => expect.objectContaining({ code });

describe('one transaction', () => {
  test('the effect and its audit entry are there together', async () => {
    const { id } = await member.call(remember, { name: 'audited' });
    const [entry] = await fixture.db
      .select()
      .from(auditLogs)
      .where(eq(auditLogs.entityId, String(id)));
    expect(entry).toMatchObject({
      action: 'test.remember',
      entity: 'test',
      userId: (await member.actor())?.userId,
      ipAddress: member.ipAddress,
      details: { name: 'audited' },
    });
  });

  test('a failure leaves neither', async () => {
    await expect(member.call(remember, { name: 'failing', fail: true })).rejects.toEqual(refused('CONFLICT'));
    expect(await rowsNamed('failing')).toBe(0);
    const entries = await fixture.db.select().from(auditLogs).where(sql`details ->> 'name' = 'failing'`);
    expect(entries).toEqual([]);
  });
});

test('calls that wait for each other in a circle are both done', async () => {
  for (const name of ['circle-1', 'circle-2']) await member.call(remember, { name });
  const both = mutation({
    ...remember,
    name: 'test.both',
    async run({ tx }, { name }) {
      for (const each of name.split(' ')) {
        await tx.execute(sql`UPDATE personas SET description = description || 'x' WHERE name = ${each}`);
        await tx.execute(sql`SELECT pg_sleep(0.2)`);
      }
      return { id: '', at: '' };
    },
  });
  await Promise.all(['circle-1 circle-2', 'circle-2 circle-1'].map((name) => member.call(both, { name })));
  const rows = await fixture.db.select().from(personas).where(eq(personas.name, 'circle-1'));
  expect(rows).toMatchObject([{ description: 'xx' }]);
});

describe('access', () => {
  const adminOnly = query({ ...broken, name: 'test.admin', access: 'admin', run: () => Promise.resolve({}) });
  test('by level', async () => {
    await expect(fixture.client().call(adminOnly)).rejects.toEqual(refused('UNAUTHENTICATED'));
    await expect(member.call(adminOnly)).rejects.toEqual(refused('FORBIDDEN'));
    await expect(admin.call(adminOnly)).resolves.toEqual({});
  });

  test('who must change the password may do nothing else, and is told before the input is looked at', async () => {
    const actor = await member.actor();
    if (actor === null) throw new Error('not signed in');
    const call = execute(remember, fixture.deps, { ...actor, mustChangePassword: true }, request, {
      name: 7,
    });
    await expect(call).rejects.toEqual(refused('PASSWORD_CHANGE_REQUIRED'));
  });
});

const request: RequestInfo = {
  ipAddress: null,
  requestId: 'test',
  isHttps: false,
  headers: new Headers(),
  responseHeaders: new Headers(),
  idempotencyKey: null,
  signal: new AbortController().signal,
};

describe('failures', () => {
  test('an unknown error says nothing but an id, which is in the log beside it', async () => {
    const logged: Record<string, unknown>[] = [];
    const log = { ...fixture.deps.log, error: (fields: Record<string, unknown>) => void logged.push(fields) };
    const error = await execute(broken, { ...fixture.deps, log }, null, request, {}).catch(
      (each: unknown) => each,
    );
    expect(error).toMatchObject({ code: 'INTERNAL' });
    const body = JSON.stringify((error as DomainFlowError).toBody());
    expect(body).not.toMatch(/hunter2|SELECT/);
    expect(body).toContain(logged[0]?.errorId);
    expect(logged[0]).toMatchObject({
      operation: 'test.broken',
      err: { message: expect.stringContaining('hunter2') },
    });
  });

  test('a database that goes away in mid-transaction is UNAVAILABLE', async () => {
    const cut = mutation({
      ...remember,
      name: 'test.cut',
      async run({ tx }) {
        await tx.execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`);
        return { id: '', at: '' };
      },
    });
    await expect(member.call(cut, { name: 'cut' })).rejects.toEqual(refused('UNAVAILABLE'));
  });
});

describe('idempotency keys', () => {
  test('the second call gets the first answer, and nothing happens again', async () => {
    const options = { idempotencyKey: 'k-twice' };
    const before = runs;
    const first = await member.call(remember, { name: 'twice' }, options);
    // Defaults written out are the same input.
    const second = await member.call(remember, { fail: false, name: 'twice', waitMs: 0 }, options);
    expect(second).toEqual(first);
    expect(runs - before).toBe(1);
    expect(await rowsNamed('twice')).toBe(1);
  });

  test('concurrent calls: one works, the others wait for it and answer the same', async () => {
    const before = runs;
    const options = { idempotencyKey: 'k-race' };
    const calls = Array.from({ length: 3 }, () =>
      member.call(remember, { name: 'race', waitMs: 100 }, options),
    );
    const answers = await Promise.all(calls);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(runs - before).toBe(1);
    expect(await rowsNamed('race')).toBe(1);
  });

  test('without a key the same calls all work: what the keys prevent', async () => {
    const calls = ['a', 'b', 'c'].map((suffix) =>
      member.call(remember, { name: `free-${suffix}`, waitMs: 20 }),
    );
    const ids = (await Promise.all(calls)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  test('a failed call leaves the key free', async () => {
    const options = { idempotencyKey: 'k-again' };
    await expect(member.call(remember, { name: 'again', fail: true }, options)).rejects.toEqual(
      refused('CONFLICT'),
    );
    await expect(member.call(remember, { name: 'again' }, options)).resolves.toMatchObject({
      id: expect.any(String),
    });
  });

  test('another input, another operation: CONFLICT; another user: its own key', async () => {
    const options = { idempotencyKey: 'k-other' };
    await member.call(remember, { name: 'first' }, options);
    const conflict = expect.objectContaining({ code: 'CONFLICT', field: 'Idempotency-Key' });
    await expect(member.call(remember, { name: 'second' }, options)).rejects.toEqual(conflict);
    await expect(member.call(secret, { name: 'first' }, options)).rejects.toEqual(conflict);
    await expect(admin.call(remember, { name: 'third' }, options)).resolves.toMatchObject({
      id: expect.any(String),
    });
  });

  test('a key that is not visible ASCII is refused', async () => {
    for (const idempotencyKey of ['', 'ä', 'a b', 'x'.repeat(201)]) {
      await expect(member.call(remember, { name: 'key' }, { idempotencyKey })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
    }
  });

  test('an answer that holds a secret is not stored', async () => {
    const options = { idempotencyKey: 'k-secret' };
    await expect(member.call(secret, { name: 's' }, options)).resolves.toMatchObject({
      id: 'PLANTED-SECRET',
    });
    await expect(member.call(secret, { name: 's' }, options)).rejects.toEqual(refused('CONFLICT'));
    const stored = await fixture.db.select().from(idempotencyKeys);
    expect(JSON.stringify(stored)).not.toContain('PLANTED-SECRET');
  });
});
