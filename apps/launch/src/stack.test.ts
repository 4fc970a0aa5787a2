import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startStack } from './stack.ts';

let dataDir: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stack-'));
  chmodSync(folder, 0o755);
  dataDir = path.join(folder, 'data');
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(path.dirname(dataDir), { recursive: true, force: true });
});

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The lab that a process was told of. */
function labOfProcess(pid: number | undefined): { caPem: string } | undefined {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    const lab = variables.find((each) => each.startsWith('DOMAINFLOW_LAB='));
    return lab === undefined ? undefined : (JSON.parse(lab.slice(lab.indexOf('=') + 1)) as { caPem: string });
  } catch {
    return undefined;
  }
}

/** Every process below one, by the parents that /proc tells. */
function descendantsOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), ppid }];
      } catch {
        return [];
      }
    });
  const below = (pid: number): number[] =>
    parents.filter((each) => each.ppid === pid).flatMap((each) => [each.pid, ...below(each.pid)]);
  return below(root);
}

async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await sleep(50);
  }
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/api/v2/health/ready`).catch(() => undefined))?.ok === true;
}

/** `npm start` without npm, on this test's data. */
async function startLauncher(): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const entry = path.join(import.meta.dirname, 'entry.start.ts');
  const child = spawn(process.execPath, [entry, '--port=0', '--web=off', `--data-dir=${dataDir}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', npm_lifecycle_event: undefined },
  });
  started.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until(() => /runs at/.test(output) || child.exitCode !== null, 90_000);
  const url = /runs at (\S+)/.exec(output)?.[1];
  if (url === undefined) throw new Error(output);
  return { child, url, output: () => output };
}

test('the stack starts, heals, stops and keeps its data', { timeout: 240_000 }, async () => {
  const messages: string[] = [];
  const options = {
    dataDir,
    web: false,
    lab: { seed: 'stack' },
    onMessage: (message: string) => messages.push(message),
  };
  const first = await startStack(options);
  const { username, password } = first.firstAdmin ?? { username: '', password: '' };
  const pids = first.pids();
  try {
    expect(Object.keys(pids).sort()).toEqual(['api', 'lab', 'postgres', 'worker-1']);
    expect(username).not.toBe('');
    expect(password.length).toBeGreaterThanOrEqual(12);
    expect(first.lab?.caPem).toContain('BEGIN CERTIFICATE');

    for (const name of ['worker-1', 'lab', 'api']) process.kill(pids[name] ?? 0, 'SIGKILL');
    process.kill(pids.postgres ?? 0, 'SIGQUIT');
    await until(() => {
      const now = first.pids();
      return Object.keys(pids).every((name) => now[name] !== undefined && now[name] !== pids[name]);
    });
    await until(() => isReady(first.url));

    // A lab that comes back has a new certificate authority, and the workers come to trust it.
    process.kill(first.pids().lab ?? 0, 'SIGKILL');
    await until(() => {
      const certificate = readFileSync(path.join(dataDir, 'lab/ca.pem'), 'utf8');
      const trusted = labOfProcess(first.pids()['worker-1']);
      return certificate !== first.lab?.caPem && trusted?.caPem === certificate;
    });
  } finally {
    await first.stop();
  }
  expect(Object.values(first.pids()).filter(isAlive)).toEqual([]);
  expect(Object.values(pids).filter(isAlive)).toEqual([]);

  const logs = readdirSync(path.join(dataDir, 'logs')).map((file) =>
    readFileSync(path.join(dataDir, 'logs', file), 'utf8'),
  );
  expect(logs.join('\n')).not.toContain(password);

  const second = await startStack(options);
  try {
    expect(second.firstAdmin).toBeUndefined();
    expect(await isReady(second.url)).toBe(true);
  } finally {
    await second.stop();
  }
});

test('kill -9 of the launcher leaves nothing running, and SIGTERM ends the next one well', {
  timeout: 240_000,
}, async () => {
  const killed = await startLauncher();
  expect(killed.output()).toContain('password');
  const below = descendantsOf(killed.child.pid ?? 0);
  expect(below.length).toBeGreaterThanOrEqual(4);
  killed.child.kill('SIGKILL');
  await until(() => !below.some(isAlive));

  const next = await startLauncher();
  expect(await isReady(next.url)).toBe(true);
  const belowNext = descendantsOf(next.child.pid ?? 0);
  next.child.kill('SIGTERM');
  await until(() => next.child.exitCode !== null || next.child.signalCode !== null);
  expect(next.child.exitCode).toBe(0);
  await until(() => !belowNext.some(isAlive), 5_000);
});

test('a start that is called off leaves nothing running', { timeout: 120_000 }, async () => {
  const controller = new AbortController();
  const before = descendantsOf(process.pid);
  await expect(
    startStack({
      dataDir,
      web: false,
      signal: controller.signal,
      onMessage: (message) => {
        if (message.startsWith('Migrating')) controller.abort();
      },
    }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  await until(() => descendantsOf(process.pid).every((pid) => before.includes(pid)), 5_000);
});

test('an outside database is used instead of an embedded one', { timeout: 120_000 }, async () => {
  const database = await createTestDatabase();
  try {
    const stack = await startStack({ dataDir, databaseUrl: database.url, web: false, workers: 0 });
    try {
      expect(Object.keys(stack.pids())).toEqual(['api']);
      expect(await isReady(stack.url)).toBe(true);
      expect(readdirSync(dataDir)).not.toContain('postgres');
    } finally {
      await stack.stop();
    }
  } finally {
    await database.drop();
  }
});

test('an outside database that cannot be used is explained without its password', async () => {
  const refused = 'postgres://someone:topsecret@127.0.0.1:1/nowhere';
  const start = startStack({ dataDir, databaseUrl: refused, web: false });
  await expect(start).rejects.toThrow(/127\.0\.0\.1:1 cannot be reached/);
  await expect(start).rejects.not.toThrow(/topsecret/);
});
