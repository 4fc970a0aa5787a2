import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET_KEY } from './open-platform.ts';
import type { PlatformFixture } from './platform-fixture.ts';

const entry = (runtime: 'node' | 'deno'): string =>
  fileURLToPath(new URL(`../entry.${runtime}.ts`, import.meta.url));

const DENO = 'deno@2.9.6';

/** Deno is large and only needed here: npx brings the version that `npm run worker:deno` runs. */
const findDeno = (): string =>
  execFileSync('npx', ['-y', '-p', DENO, 'which', 'deno'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** As `npm run worker` has them. */
const NODE_FLAGS = [
  '--max-semi-space-size=32',
  '--initial-old-space-size=160',
  '--max-old-space-size=512',
  '--no-allocation-site-pretenuring',
];

/** Starts a worker of this repository as a process of its own and waits until it is ready. */
export async function spawnWorker(
  platform: Pick<PlatformFixture, 'url' | 'labJson'>,
  { runtime = 'node', env = {} }: { runtime?: 'node' | 'deno'; env?: Record<string, string> } = {},
): Promise<WorkerProcess> {
  const [command, args] =
    runtime === 'node'
      ? [process.execPath, [...NODE_FLAGS, entry('node')]]
      : [findDeno(), ['run', '-A', entry('deno')]];
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: platform.url,
      DOMAINFLOW_LAB: platform.labJson,
      DOMAINFLOW_SECRET_KEY: TEST_SECRET_KEY,
      DOMAINFLOW_EXIT_WITH_PARENT: '1',
      ...env,
    },
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const read = (data: Buffer): void => {
      output += String(data);
      if (output.includes('"event":"ready"')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}: ${output}`)));
  });
  await ready;
  return {
    child,
    output: () => output,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    },
  };
}
