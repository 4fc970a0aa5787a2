import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';
import { Part } from './part.ts';

let folder: string;
let log: LogFile;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'part-'));
  log = new LogFile(folder, 'part', () => {});
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

function script(text: string): string {
  const file = path.join(folder, 'script.mjs');
  writeFileSync(file, text);
  return file;
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await sleep(20);
  expect(condition()).toBe(true);
}

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test('a part that crashes is started again, and lines are taken out or logged', async () => {
  const secrets: string[] = [];
  const crashes: string[] = [];
  const part = new Part({
    name: 'p',
    script: script("console.log('secret'); console.log('plain'); setTimeout(() => process.exit(3), 50);"),
    env: () => ({}),
    log,
    onLine: (line) => {
      if (line === 'secret') secrets.push(line);
      return line === 'secret';
    },
    onCrash: (message) => crashes.push(message),
  });
  await until(() => secrets.length >= 2);
  await part.stop(1_000);
  await log.close();
  expect(crashes[0]).toContain('exit code 3');
  const text = readFileSync(log.file, 'utf8');
  expect(text).toContain('plain');
  expect(text).not.toContain('secret');
});

test('a part is stopped in order, and one that does not obey is killed at the limit', async () => {
  const obeys = new Part({
    name: 'obeys',
    script: script(
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); setInterval(() => {}, 1000); console.log('up');",
    ),
    env: () => ({}),
    log,
    onCrash: () => {},
  });
  await until(() => obeys.lastLines.includes('up'));
  await obeys.stop(10_000);
  expect(obeys.lastLines).toContain('bye');
  expect(obeys.crashes).toBe(0);

  const deaf = new Part({
    name: 'deaf',
    script: script("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up');"),
    env: () => ({}),
    log,
    onCrash: () => {},
  });
  await until(() => deaf.lastLines.includes('up'));
  const { pid } = deaf;
  await deaf.stop(100);
  expect(isAlive(pid ?? 0)).toBe(false);
});

test('after kill -9 of the parent a part ends by its standard input, or is killed when it does not look', async () => {
  const obeys = script("process.stdin.on('end', () => process.exit(0)).resume(); console.log(process.pid);");
  const deaf = path.join(folder, 'deaf.mjs');
  writeFileSync(deaf, 'console.log(process.pid); setInterval(() => {}, 1000);');
  const module = (name: string) => JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { Part } = await import(${module('part')});
       const { LogFile } = await import(${module('log-file')});
       for (const script of ${JSON.stringify([obeys, deaf])})
         new Part({ name: 'p', script, env: () => ({}), log: new LogFile(${JSON.stringify(folder)}, 'x', () => {}),
           onLine: (line) => (console.log(line), false), onCrash: () => {} });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  parent.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until(() => output.trim().split('\n').length === 2);
  const pids = output.trim().split('\n').map(Number);
  parent.kill('SIGKILL');
  const started = performance.now();
  for (let i = 0; i < 150 && pids.some(isAlive); i++) await sleep(100);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(15_000);
}, 20_000);
