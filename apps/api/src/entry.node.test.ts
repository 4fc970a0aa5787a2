import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const ENTRY = fileURLToPath(new URL('entry.node.ts', import.meta.url));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(() => database.drop());

/** Starts the API; `ready` gives its address, `exit` how it ended. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [ENTRY], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.add(child);
  const lines: Record<string, unknown>[] = [];
  let stderr = '';
  const ready = Promise.withResolvers<string>();
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const line = JSON.parse(part) as Record<string, unknown>;
      lines.push(line);
      if (line.event === 'ready') ready.resolve(String(line.url));
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return { child, lines, ready: ready.promise, exit, stderr: () => stderr };
}

async function signIn(url: string, username: string, password: string): Promise<string> {
  const login = await fetch(`${url}/api/v2/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

test('tells the first password once, serves, and stops cleanly with a stream open', async () => {
  const api = start({ DATABASE_URL: database.url });
  const url = await api.ready;
  const [admin] = api.lines.filter(({ event }) => event === 'first_admin');
  const password = String(admin?.password);
  const cookie = await signIn(url, 'admin', password);
  const changed = await fetch(`${url}/api/v2/change-password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ currentPassword: password, newPassword: 'correct horse battery' }),
  });
  expect(changed.status).toBe(200);
  const renewed = changed.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
  const stream = await fetch(`${url}/api/v2/sse/events`, { headers: { cookie: renewed } });
  expect(stream.status).toBe(200);
  const told = stream.text();

  // A second process finds the port taken.
  const port = new URL(url).port;
  const second = start({ DATABASE_URL: database.url, PORT: port });
  expect(await second.exit).toBe(1);
  expect(second.stderr()).toContain(`Port ${port} on 127.0.0.1 is in use`);

  api.child.kill('SIGTERM');
  expect((await told).match(/retry: \d+/g)?.length).toBe(2);
  expect(await api.exit).toBe(0);
  expect(api.lines.filter(({ event }) => event === 'first_admin')).toHaveLength(1);
  const logged = JSON.stringify(api.lines.filter(({ event }) => event !== 'first_admin'));
  expect(logged).not.toContain(password);
}, 60_000);

test('ends when its parent is gone', async () => {
  const api = start({ DATABASE_URL: database.url, DOMAINFLOW_EXIT_WITH_PARENT: '1' });
  await api.ready;
  api.child.stdin.end();
  expect(await api.exit).toBe(0);
}, 60_000);

test('a database that cannot be reached: a message, and exit code 1', async () => {
  const api = start({ DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/nothing' });
  expect(await api.exit).toBe(1);
  expect(api.stderr()).toContain('DATABASE_URL cannot be reached');
  expect(api.stderr() + JSON.stringify(api.lines)).not.toContain('hunter2');
}, 60_000);
