import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Imported into a worker by the benchmarks: writes for each quarter of a second the longest that its event loop made a
 * timer wait, as `time milliseconds` lines in the file that BENCH_LOOP_DELAYS names.
 */
const file = process.env['BENCH_LOOP_DELAYS'];
if (file !== undefined) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  setInterval(() => {
    appendFileSync(file, `${Date.now()} ${(delays.max / 1e6).toFixed(1)}\n`);
    delays.reset();
  }, 250).unref();
}
