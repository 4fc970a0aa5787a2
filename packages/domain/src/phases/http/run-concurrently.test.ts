import { describe, expect, it } from 'vitest';
import { VisitGate } from '../../http/visit-gate.ts';
import { type ChunkLimits, runConcurrently } from './run-concurrently.ts';

const atOnce = (count: number) =>
  new VisitGate(
    () => count,
    () => 0,
  ).admission('all', count, 1_000);
const limits = (fields: Partial<ChunkLimits> = {}): ChunkLimits => ({
  admission: atOnce(4),
  maxResults: 10,
  maxOctets: 1_000_000,
  pace: () => () => {},
  onDrained: () => {},
  ...fields,
});
const every =
  (intervalMs: number) =>
  (tick: () => void): (() => void) => {
    const timer = setInterval(tick, intervalMs);
    return () => clearInterval(timer);
  };
const items = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
const never = new AbortController().signal;

/** What is finished, and the chunks that it was taken in. */
class Finished {
  octets = 0;
  #waiting: number[] = [];
  readonly #octetsOfOne: number;

  constructor(octetsOfOne = 1) {
    this.#octetsOfOne = octetsOfOne;
  }

  get length(): number {
    return this.#waiting.length;
  }

  add(item: number): void {
    this.#waiting.push(item);
    this.octets += this.#octetsOfOne;
  }

  take(): number[] {
    const taken = this.#waiting;
    this.#waiting = [];
    this.octets = 0;
    return taken;
  }
}

interface Run {
  readonly items: readonly number[];
  /** It ends with its item finished, or throws. */
  readonly work: (item: number, leave: () => void, signal: AbortSignal) => Promise<unknown>;
  readonly limits?: Partial<ChunkLimits>;
  readonly signal?: AbortSignal;
  readonly octetsOfOne?: number;
}

async function* chunksOf({ items, work, octetsOfOne, ...given }: Run): AsyncGenerator<number[]> {
  const finished = new Finished(octetsOfOne);
  const whole = async (item: number, leave: () => void, signal: AbortSignal): Promise<void> => {
    await work(item, leave, signal);
    finished.add(item);
  };
  const run = runConcurrently(items, whole, finished, limits(given.limits), given.signal ?? never);
  for await (const _ of run) yield finished.take();
}

async function collect(run: Run): Promise<number[][]> {
  const all: number[][] = [];
  for await (const chunk of chunksOf(run)) all.push(chunk);
  return all;
}

describe('concurrent work', () => {
  it('gives each item once, never more at a time than told, and says when the last has begun', async () => {
    let running = 0;
    let most = 0;
    let drained = 0;
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      most = Math.max(most, ++running);
      await tick();
      running--;
    };
    const onDrained = (): void => {
      drained = begun.length;
    };
    const chunks = await collect({ items: items(95), work, limits: { onDrained } });
    expect(chunks.flat().sort((a, b) => a - b)).toEqual(items(95));
    expect([most, drained]).toEqual([4, 95]);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(24);
  });

  it('hands over by octets, and by time', async () => {
    const heavy = await collect({
      items: items(20),
      work: async () => {},
      octetsOfOne: 600,
      limits: { maxOctets: 1_000 },
    });
    expect(heavy.length).toBeGreaterThanOrEqual(4);
    const slow = await collect({
      items: items(6),
      work: (item) => new Promise((resolve) => setTimeout(resolve, item * 30)),
      limits: { admission: atOnce(6), pace: every(20) },
    });
    expect(slow.length).toBeGreaterThan(2);
  });

  it('begins nothing new while its reader is behind', async () => {
    let begun = 0;
    const work = async (): Promise<void> => {
      begun++;
    };
    const chunks = chunksOf({ items: items(1_000), work });
    await chunks.next();
    for (let i = 0; i < 20; i++) await tick();
    expect(begun).toBeLessThan(60);
    await chunks.return(undefined);
  });

  it('begins nothing new while what its reader has not taken is large', async () => {
    let begun = 0;
    const work = async (): Promise<void> => {
      begun++;
    };
    const run = { items: items(1_000), work, octetsOfOne: 900, limits: { maxOctets: 1_000 } };
    const chunks = chunksOf(run);
    await chunks.next();
    for (let i = 0; i < 20; i++) await tick();
    expect(begun).toBeLessThan(20);
    await chunks.return(undefined);
  });

  it('on abort drops what is in flight and yields what is finished', async () => {
    const abort = new AbortController();
    let dropped = 0;
    const work = (item: number, _: unknown, signal: AbortSignal): Promise<void> =>
      item % 2 === 0
        ? Promise.resolve()
        : new Promise((_, reject) =>
            signal.addEventListener('abort', () => {
              dropped++;
              reject(signal.reason);
            }),
          );
    setTimeout(() => abort.abort(), 20);
    const chunks = await collect({ items: items(100), work, signal: abort.signal });
    expect(chunks.flat()).toEqual([0, 2, 4, 6]);
    expect(dropped).toBe(4);
  });

  it('aborts what is in flight when its reader leaves', async () => {
    let dropped = 0;
    const work = (item: number, _: unknown, signal: AbortSignal): Promise<void> =>
      item < 12
        ? Promise.resolve()
        : new Promise((_, reject) =>
            signal.addEventListener('abort', () => {
              dropped++;
              reject(signal.reason);
            }),
          );
    for await (const _ of chunksOf({ items: items(100), work })) break;
    expect(dropped).toBeGreaterThan(0);
  });

  it('throws what work throws, after what was finished', async () => {
    const work = async (item: number): Promise<void> => {
      if (item === 5) throw new Error('broken');
    };
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of chunksOf({ items: items(10), work, limits: { admission: atOnce(1) } }))
        seen.push(...chunk);
    };
    await expect(read()).rejects.toThrow('broken');
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it('does nothing for no items, and nothing once aborted', async () => {
    expect(await collect({ items: [], work: () => tick() })).toEqual([]);
    expect(await collect({ items: [1], work: () => tick(), signal: AbortSignal.abort() })).toEqual([]);
  });
});
