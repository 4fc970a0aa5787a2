import { appendFileSync } from 'node:fs';

/**
 * Imported into a worker by the benchmarks: a timer of 5 ms measures how long each turn of the event loop keeps others
 * waiting. For each quarter of a second it writes `time wait work` in the file that BENCH_LOOP_DELAYS names: the longest
 * that the timer was late, and the most CPU time that the thread used between two calls of it, both in milliseconds. What
 * a wait has beyond work is the scheduler's: other processes had the core.
 */
const file = process.env['BENCH_LOOP_DELAYS'];
const RESOLUTION_MS = 5;
if (file !== undefined) {
  let lastMs = performance.now();
  let lastCpu = process.threadCpuUsage();
  let waitMs = 0;
  let workMs = 0;
  setInterval(() => {
    const nowMs = performance.now();
    const cpu = process.threadCpuUsage();
    waitMs = Math.max(waitMs, nowMs - lastMs - RESOLUTION_MS);
    workMs = Math.max(workMs, (cpu.user + cpu.system - lastCpu.user - lastCpu.system) / 1_000);
    lastMs = nowMs;
    lastCpu = cpu;
  }, RESOLUTION_MS).unref();
  setInterval(() => {
    appendFileSync(file, `${Date.now()} ${waitMs.toFixed(1)} ${workMs.toFixed(1)}\n`);
    waitMs = workMs = 0;
  }, 250).unref();
}
