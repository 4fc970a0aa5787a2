import { type ChildProcess, spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labTruth } from './truth.ts';

interface Ready {
  seed: string;
  dns: { host: string; port: number };
  http: { port: number };
  https: { port: number };
  caFile: string;
}

const entry = join(import.meta.dirname, 'entry.lab.ts');
const freePorts = ['--dns-port', '0', '--http-port', '0', '--https-port', '0'];
const children: ChildProcess[] = [];
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function run(args: string[], environment: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...environment } });
  children.push(child);
  return child;
}

async function ready(child: ChildProcess): Promise<Ready> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  return JSON.parse(line) as Ready;
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}

describe('the lab as a command', { timeout: 30_000 }, () => {
  it('tells its ports, writes its CA and its log, answers, and ends on SIGTERM', async () => {
    const caFile = join(folder, 'ca.pem');
    const logFile = join(folder, 'queries.ndjson');
    const child = run([...freePorts, '--ca-file', caFile, '--log', logFile], {
      LAB_SEED: 'from-environment',
    });
    const { seed, dns, caFile: told } = await ready(child);
    expect([seed, told]).toEqual(['from-environment', caFile]);
    expect(await readFile(caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
    const resolver = new Resolver();
    resolver.setServers([`${dns.host}:${dns.port}`]);
    expect(await resolver.resolve4('live-1.com')).toEqual(labTruth(seed, 'live-1.com').dns.a);
    child.kill('SIGTERM');
    expect((await ended(child)).code).toBe(0);
    const logged = (await readFile(logFile, 'utf8')).trim().split('\n');
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { protocol: 'dns', transport: 'udp', kind: 'plain', name: 'live-1.com', detail: 1 },
    ]);
  });

  it('ends when its standard input closes, where asked to', async () => {
    const child = run([...freePorts, '--exit-with-parent']);
    await ready(child);
    child.stdin?.end();
    expect((await ended(child)).code).toBe(0);
  });

  it('says what is wrong: a taken port, a port or a share that is none', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const clash = await ended(run(['--dns-port', '0', '--https-port', '0', '--http-port', String(port)]));
    taken.close();
    expect(clash.code).toBe(1);
    expect(clash.errors).toContain(`port ${port} is taken`);
    expect(await ended(run(['--dns-port', 'x']))).toMatchObject({
      code: 1,
      errors: expect.stringContaining("'x'"),
    });
    expect(await ended(run(['--exist-rate', '2']))).toMatchObject({
      code: 1,
      errors: expect.stringContaining("'2'"),
    });
  });
});
