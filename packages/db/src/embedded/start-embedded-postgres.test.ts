import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess } from './process-identity.ts';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';

const settings = { fsync: 'off', shared_buffers: '16MB' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'embedded-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

async function waitUntilGone(pid: number): Promise<void> {
  for (let i = 0; i < 500 && identifyProcess(pid) !== undefined; i++) await sleep(20);
  expect(identifyProcess(pid)).toBeUndefined();
}

/** Starts a server in another process, so that this other process can be killed. */
async function startElsewhere(dataDir: string): Promise<{ parent: number; url: string; pid: number }> {
  const module = new URL('./start-embedded-postgres.ts', import.meta.url).href;
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDir, settings })});
    console.log(JSON.stringify({ url: server.url, pid: server.pid }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', () => reject(new Error('the starting process ended')));
  });
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return { parent: child.pid ?? 0, url, pid };
}

test('a first start makes a protected cluster, and a restart keeps its data', async () => {
  const dataDir = path.join(folder, 'pg');
  const first = await startEmbeddedPostgres({ dataDir, settings });
  try {
    await query(first.url, async (sql) => {
      await sql`CREATE TABLE kept AS SELECT 42 AS answer`;
      const [row] = await sql`SELECT current_setting('server_encoding') AS encoding,
        current_setting('listen_addresses') AS listens, current_setting('unix_socket_directories') AS sockets`;
      expect(row).toEqual({ encoding: 'UTF8', listens: '127.0.0.1', sockets: '' });
    });
    const wrong = first.url.replace(/:[^:@/]+@/, ':wrong@');
    await expect(query(wrong, (sql) => sql`SELECT 1`)).rejects.toMatchObject({ code: '28P01' });
    const passwordFile = path.join(dataDir, 'password');
    expect(statSync(passwordFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(dataDir, 'server.log'), 'utf8')).not.toContain(
      readFileSync(passwordFile, 'utf8'),
    );
  } finally {
    await first.stop();
  }
  expect(identifyProcess(first.pid)).toBeUndefined();

  const second = await startEmbeddedPostgres({ dataDir, settings });
  try {
    expect(await query(second.url, (sql) => sql`SELECT answer FROM kept`)).toEqual([{ answer: 42 }]);
    await expect(startEmbeddedPostgres({ dataDir, settings })).rejects.toMatchObject({
      code: 'DATA_FOLDER_IN_USE',
    });
  } finally {
    await second.stop();
  }
});

test('kill -9 of the parent leaves no server, and the next start has the data', async () => {
  const dataDir = path.join(folder, 'pg');
  const elsewhere = await startElsewhere(dataDir);
  await query(elsewhere.url, (sql) => sql`CREATE TABLE kept AS SELECT 7 AS answer`);
  process.kill(elsewhere.parent, 'SIGKILL');
  await waitUntilGone(elsewhere.pid);
  const next = await startEmbeddedPostgres({ dataDir, settings });
  try {
    expect(await query(next.url, (sql) => sql`SELECT answer FROM kept`)).toEqual([{ answer: 7 }]);
  } finally {
    await next.stop();
  }
});

test('a start takes over from a server that is still going down, and from one that was killed', async () => {
  const dataDir = path.join(folder, 'pg');
  const elsewhere = await startElsewhere(dataDir);
  process.kill(elsewhere.parent, 'SIGKILL');
  await waitUntilGone(elsewhere.parent);
  const next = await startEmbeddedPostgres({ dataDir, settings });
  process.kill(next.pid, 'SIGKILL');
  await next.exited;
  expect(existsSync(path.join(dataDir, 'cluster', 'postmaster.pid'))).toBe(true);
  await next.stop();
  const last = await startEmbeddedPostgres({ dataDir, settings });
  await last.stop();
});

test('a taken port is named in the error, and nothing is left running', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const dataDir = path.join(folder, 'pg');
  try {
    await expect(startEmbeddedPostgres({ dataDir, port, settings })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    });
    expect(existsSync(path.join(dataDir, 'cluster', 'postmaster.pid'))).toBe(false);
  } finally {
    taken.close();
  }
});

test.runIf(process.getuid?.() === 0)(
  'a folder that only root can enter is served from a namespace',
  async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const server = await startEmbeddedPostgres({ dataDir: path.join(closed, 'pg'), settings });
    try {
      expect(await query(server.url, (sql) => sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
    }
  },
);
