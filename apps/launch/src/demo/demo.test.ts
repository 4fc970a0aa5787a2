import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Where the demos of these tests put their data. */
let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'demo-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function startDemo(...args: string[]) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../entry.demo.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder, npm_lifecycle_event: undefined },
  });
  started.push(child);
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { child, ended, output: () => output };
}

test('a small demo ends with every verdict right, and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  const demo = startDemo('--count', '120', '--seed', 'demo test');
  const code = await demo.ended;
  const report = JSON.parse(demo.output().trimEnd().split('\n').at(-1) ?? '') as Record<string, number>;
  expect(report, demo.output()).toMatchObject({
    campaignId: expect.any(String),
    generated: 120,
    wrongVerdicts: 0,
    seconds: expect.any(Number),
  });
  expect(code).toBe(0);
  expect(report['leads']).toBeGreaterThan(0);
  expect(demo.output()).toContain('Every verdict on 120 names is right.');
  expect(demo.output()).not.toContain('\u001b');
  expect(readdirSync(folder)).toEqual([]);
});

test('Ctrl-C ends a demo cleanly', { timeout: 60_000 }, async () => {
  const demo = startDemo('--count', '500000');
  while (!demo.output().includes('Phases') && demo.child.exitCode === null) await sleep(50);
  demo.child.kill('SIGINT');
  expect(await demo.ended, demo.output()).toBe(130);
  expect(demo.output()).toMatch(/Stopped\.\n$/);
  expect(readdirSync(folder)).toEqual([]);
});
