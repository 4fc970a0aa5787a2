import { Worker } from 'node:worker_threads';
import type { FuzzResult } from './dns-fuzz-worker.ts';
import { readOptions } from './read-options.ts';

const HELP = `bench:dns-fuzz — the parser of DNS replies under mutated packets: no crash, no hang, p99.9 below a millisecond.

  --count N     packets (default 1,000,000)
  --seed N      the same packets for the same seed (default 1)
  --plant WHAT  crash, hang or slow: a fault that must be seen (the negative control; ends with code 1)`;

const MOST_P999_MS = 1;
/** No packet may take so long, whatever else runs on this machine. */
const HANG_MS = 10_000;
const WATCH_EVERY_MS = 500;

const args = readOptions(HELP, {
  count: { type: 'string', default: '1000000' },
  seed: { type: 'string', default: '1' },
  plant: { type: 'string' },
});
const count = Number(args.count);
const seed = Number(args.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  throw new Error('--count and --seed are whole numbers.');
}

const progress = new Int32Array(new SharedArrayBuffer(4));
const started = performance.now();
const worker = new Worker(new URL('./dns-fuzz-worker.ts', import.meta.url), {
  workerData: { count, seed, plant: args.plant, progress },
});

/** Rejects with the number of the packet that the parser does not come back from. */
function watch(): { readonly hung: Promise<never>; readonly stop: () => void } {
  let at = -1;
  let sinceMs = performance.now();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setInterval(() => {
    const now = Atomics.load(progress, 0);
    if (now !== at) {
      at = now;
      sinceMs = performance.now();
    } else if (performance.now() - sinceMs > HANG_MS) reject(new Error(`It hangs at packet ${at}.`));
  }, WATCH_EVERY_MS);
  return { hung: promise, stop: () => clearInterval(timer) };
}

const { hung, stop } = watch();
const finished = new Promise<FuzzResult>((resolve, reject) => {
  worker.on('message', resolve);
  worker.on('error', reject);
});
try {
  const result = await Promise.race([finished, hung]);
  const { crashes, p999Ms } = result;
  for (const crash of crashes) console.error(crash);
  const seconds = (performance.now() - started) / 1_000;
  const isGood = crashes.length === 0 && p999Ms < MOST_P999_MS;
  console.log(
    JSON.stringify({
      bench: 'dns-fuzz',
      perSecond: Math.round(count / seconds),
      packets: count,
      seed,
      ...result,
      crashes: crashes.length,
      hangs: 0,
      isGood,
      seconds: Math.round(seconds * 100) / 100,
    }),
  );
  if (!isGood) process.exitCode = 1;
} catch (error) {
  console.error(String(error));
  console.log(JSON.stringify({ bench: 'dns-fuzz', packets: count, seed, hangs: 1, isGood: false }));
  process.exitCode = 1;
} finally {
  stop();
  await worker.terminate();
}
