import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LabRoute } from '@domainflow/net/guard/lab-route.ts';
import { openPlatform, type Platform } from '@domainflow/worker/testing/open-platform.ts';
import { spawnWorker, type WorkerProcess } from '@domainflow/worker/testing/worker-process.ts';
import { openBenchDatabase } from './bench-database.ts';

/** How long a turn made a timer wait, and how much of it the thread worked. */
export interface LoopTurn {
  readonly waitMs: number;
  readonly workMs: number;
}

/**
 * What a benchmark of a phase runs on: a fresh PostgreSQL with the settings of `npm start`, and one worker process.
 * `BENCH_PROFILES` names a folder for CPU profiles of the worker.
 */
export interface BenchPlatform extends Platform {
  readonly worker: WorkerProcess;
  /** Highest resident memory of the worker so far, MiB. */
  workerPeakMb(): number;
  /** CPU time that the worker has had so far, microseconds. */
  workerCpuMicros(): number;
  /** For each quarter of a second since `sinceMs` (time of day) the longest turn of the worker's event loop. */
  loopTurns(sinceMs: number): LoopTurn[];
}

/** `lab` is what the worker may reach: the lab, or a route that names an outside DNS server alone; null for nothing. */
export async function openBenchPlatform(lab: LabRoute | null): Promise<BenchPlatform> {
  const profiles = process.env['BENCH_PROFILES'];
  const database = await openBenchDatabase();
  const { url } = database;
  const turns = path.join(database.folder, 'loop-turns');
  const reporting = `--import ${new URL('report-loop-delay.ts', import.meta.url).pathname}`;
  const workerEnv: Record<string, string> = {
    BENCH_LOOP_DELAYS: turns,
    NODE_OPTIONS: profiles === undefined ? reporting : `${reporting} --cpu-prof --cpu-prof-dir=${profiles}`,
  };
  const platform = await openPlatform(url, lab?.dns);
  const worker = await spawnWorker(
    { url, labJson: lab === null ? '' : JSON.stringify(lab) },
    { env: workerEnv },
  );
  return {
    ...platform,
    worker,
    workerPeakMb: () => peakMb(worker.child.pid ?? 0),
    workerCpuMicros: () => cpuMicros(worker.child.pid ?? 0),
    loopTurns(sinceMs) {
      const lines = existsSync(turns) ? readFileSync(turns, 'utf8').trim().split('\n') : [];
      return lines.flatMap((line) => {
        const [at = 0, waitMs = 0, workMs = 0] = line.split(' ').map(Number);
        return at >= sinceMs ? [{ waitMs, workMs }] : [];
      });
    },
    async close() {
      await worker.kill('SIGTERM');
      await platform.close();
      await database.close();
    },
  };
}

/** VmHWM of a process, MiB (proc(5)). */
function peakMb(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m);
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}

/** User and system time of a process (proc(5), in ticks of 10 ms). */
function cpuMicros(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10_000;
}
