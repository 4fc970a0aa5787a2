import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@domainflow/db/embedded/start-embedded-postgres.ts';
import { migrate } from '@domainflow/db/migrate.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatform, type Platform } from './testing/open-platform.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

const CRASHES = 3;
/** From the time at which the server accepts connections again. */
const PROGRESS_LIMIT_MS = 15_000;

// A server of its own, as durable as that of `npm start`: the shared one of the tests may forget what it committed.
let folder: string;
let server: EmbeddedPostgres;
let lab: Lab;
let platform: Platform;
let worker: WorkerProcess;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'domainflow-crash-'));
  chmodSync(folder, 0o755);
  server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') });
  await migrate(server.url);
  lab = await startLab({ seed: 'crash' });
  platform = await openPlatform(server.url, lab.dns);
  const { dns, http, https, caPem } = lab;
  worker = await spawnWorker({ url: server.url, labJson: JSON.stringify({ dns, http, https, caPem }) });
});
afterAll(async () => {
  await worker?.kill('SIGTERM');
  await platform?.close();
  await lab?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a server does at `restart -m immediate`: it drops everything and recovers from its log. */
async function crashServer(): Promise<void> {
  const { port, pid, exited } = server;
  process.kill(pid, 'SIGQUIT');
  await exited;
  await server.stop().catch(() => {});
  server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), port });
}

/** Domains that the DNS phase has processed; null while the database cannot say. */
const processed = async (campaignId: string): Promise<number | null> => {
  try {
    const { phases } = await platform.call(campaignOperations.get, { id: campaignId });
    return phases.find(({ phase }) => phase === 'dns')?.processed ?? null;
  } catch {
    return null;
  }
};

test('crashes of the database in mid-phase lose nothing, and the worker goes on by itself', async () => {
  const total = 60_000;
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Crashes',
    campaignType: 'pipeline',
    mode: 'step_by_step',
    input: {
      source: 'pattern',
      pattern: {
        pattern: 'prefix',
        constantPart: 'crash',
        prefixVariableLength: 4,
        charSet: 'abcdefghijklmnopqrstuvwxyz',
        tlds: ['com'],
        targetDomainsToGenerate: total,
      },
    },
    phases: { dns: { personaId: await platform.personaNamed('dns', 'Lab') } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  await platform.until(campaignId, ['completed']);
  await platform.call(campaignOperations.start, { id: campaignId });
  for (let crash = 1; crash <= CRASHES; crash++) {
    const goal = (total * crash) / (CRASHES + 2);
    await expect.poll(() => processed(campaignId), { timeout: 60_000 }).toBeGreaterThan(goal);
    await crashServer();
    await expect.poll(() => processed(campaignId), { timeout: 10_000 }).not.toBeNull();
    const standing = (await processed(campaignId)) ?? 0;
    // What was committed is still there.
    expect(standing).toBeGreaterThan(goal);
    await expect
      .poll(() => processed(campaignId), { timeout: PROGRESS_LIMIT_MS })
      .toSatisfy((now: number | null) => now !== null && (now > standing || now === total));
  }
  const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 90_000);
  expect(done.status).toBe('completed');
  expect(worker.child.exitCode).toBeNull();
  const liveWorkers = new Set<string>();
  expect(await checkInvariants(platform.clients.sql, { campaignId, truth: lab.truth, liveWorkers })).toEqual(
    [],
  );
}, 240_000);
