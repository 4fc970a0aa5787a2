import { parentPort, workerData } from 'node:worker_threads';
import { PacketMutator } from '@domainflow/net/dns/testing/packet-mutator.ts';
import { parseReferral } from '@domainflow/net/dns/wire/parse-referral.ts';
import { parseReply } from '@domainflow/net/dns/wire/parse-reply.ts';
import { WireError } from '@domainflow/net/dns/wire/wire-error.ts';

interface Job {
  readonly count: number;
  readonly seed: number;
  readonly plant: string | undefined;
  /** How far it is, for whoever watches. */
  readonly progress: Int32Array;
}

export interface FuzzResult {
  readonly read: number;
  readonly refused: number;
  readonly crashes: readonly string[];
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** With the time in which this thread was not running. */
  readonly wallP999Ms: number;
}

const { count, seed, plant, progress } = workerData as Job;
const MOST_CRASHES = 10;
const SUSPICIOUS_MS = 0.2;
const TRIES = 5;

/** Faults that the benchmark must see, for its negative control. */
function planted(message: Uint8Array): void {
  if (plant === undefined || message.length % 50 !== 0) return;
  if (plant === 'crash') throw new TypeError('planted');
  const until = performance.now() + (plant === 'hang' ? Number.POSITIVE_INFINITY : 3);
  while (performance.now() < until);
}

function parse(message: Uint8Array, questionLength: number): void {
  planted(message);
  const { truncated } = parseReply(message, questionLength);
  if (!truncated) parseReferral(message, questionLength);
}

/** The shortest of some more times: others use this machine too, and what is slow by itself is slow again. */
function timeAgain(message: Uint8Array, questionLength: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const started = performance.now();
    try {
      parse(message, questionLength);
    } catch {
      // Counted before.
    }
    shortest = Math.min(shortest, performance.now() - started);
  }
  return shortest;
}

const wallTimes = new Float64Array(count);
const times = new Float64Array(count);
const mutator = new PacketMutator(seed);
const crashes: string[] = [];
let read = 0;
let refused = 0;
for (let index = 0; index < count; index += 1) {
  Atomics.store(progress, 0, index);
  const { message, questionLength } = mutator.next();
  const started = performance.now();
  try {
    parse(message, questionLength);
    read += 1;
  } catch (error) {
    if (error instanceof WireError) refused += 1;
    else if (crashes.length < MOST_CRASHES)
      crashes.push(`${String(error)}: ${Buffer.from(message).toString('hex')}`);
  }
  const ms = performance.now() - started;
  wallTimes[index] = ms;
  times[index] = ms < SUSPICIOUS_MS ? ms : Math.min(ms, timeAgain(message, questionLength));
}
wallTimes.sort();
times.sort();
const percentileMs = (share: number, of = times): number =>
  Math.round((of[Math.min(count - 1, Math.floor(count * share))] ?? 0) * 10_000) / 10_000;
parentPort?.postMessage({
  read,
  refused,
  crashes,
  p50Ms: percentileMs(0.5),
  p99Ms: percentileMs(0.99),
  p999Ms: percentileMs(0.999),
  maxMs: percentileMs(1),
  wallP999Ms: percentileMs(0.999, wallTimes),
} satisfies FuzzResult);
