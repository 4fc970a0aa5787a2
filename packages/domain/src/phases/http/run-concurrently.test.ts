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
  maxWeight: 1_000_000,
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

async function collect<T>(chunks: AsyncGenerator<T[]>): Promise<T[][]> {
  const all: T[][] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

describe('concurrent work', () => {
  it('gives each item once, never more at a time than told, and says when the last has begun', async () => {
    let running = 0;
    let most = 0;
    let drained = 0;
    const begun: number[] = [];
    const work = async (item: number): Promise<number> => {
      begun.push(item);
      most = Math.max(most, ++running);
      await tick();
      running--;
      return item;
    };
    const onDrained = (): void => {
      drained = begun.length;
    };
    const chunks = await collect(runConcurrently(items(95), work, () => 1, limits({ onDrained }), never));
    expect(chunks.flat().sort((a, b) => a - b)).toEqual(items(95));
    expect([most, drained]).toEqual([4, 95]);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(24);
  });

  it('hands over by weight, and by time', async () => {
    const heavy = await collect(
      runConcurrently(
        items(20),
        async (i) => i,
        () => 600,
        limits({ maxWeight: 1_000 }),
        never,
      ),
    );
    expect(heavy.length).toBeGreaterThanOrEqual(4);
    const slow = await collect(
      runConcurrently(
        items(6),
        async (item) => {
          await new Promise((resolve) => setTimeout(resolve, item * 30));
          return item;
        },
        () => 1,
        limits({ admission: atOnce(6), pace: every(20) }),
        never,
      ),
    );
    expect(slow.length).toBeGreaterThan(2);
  });

  it('begins nothing new while its reader is behind', async () => {
    let begun = 0;
    const work = async (item: number): Promise<number> => {
      begun++;
      return item;
    };
    const chunks = runConcurrently(items(1_000), work, () => 1, limits(), never);
    await chunks.next();
    for (let i = 0; i < 20; i++) await tick();
    expect(begun).toBeLessThan(60);
    await chunks.return(undefined);
  });

  it('on abort drops what is in flight and yields what is finished', async () => {
    const abort = new AbortController();
    let dropped = 0;
    const work = (item: number, _: unknown, signal: AbortSignal): Promise<number> =>
      item % 2 === 0
        ? Promise.resolve(item)
        : new Promise((_, reject) =>
            signal.addEventListener('abort', () => {
              dropped++;
              reject(signal.reason);
            }),
          );
    setTimeout(() => abort.abort(), 20);
    const chunks = await collect(runConcurrently(items(100), work, () => 1, limits(), abort.signal));
    expect(chunks.flat()).toEqual([0, 2, 4, 6]);
    expect(dropped).toBe(4);
  });

  it('aborts what is in flight when its reader leaves', async () => {
    let dropped = 0;
    const work = (item: number, _: unknown, signal: AbortSignal): Promise<number> =>
      item < 12
        ? Promise.resolve(item)
        : new Promise((_, reject) =>
            signal.addEventListener('abort', () => {
              dropped++;
              reject(signal.reason);
            }),
          );
    for await (const _ of runConcurrently(items(100), work, () => 1, limits(), never)) break;
    expect(dropped).toBeGreaterThan(0);
  });

  it('throws what work throws, after what was finished', async () => {
    const work = async (item: number): Promise<number> => {
      if (item === 5) throw new Error('broken');
      return item;
    };
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of runConcurrently(
        items(10),
        work,
        () => 1,
        limits({ admission: atOnce(1) }),
        never,
      ))
        seen.push(...chunk);
    };
    await expect(read()).rejects.toThrow('broken');
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it('does nothing for no items, and nothing once aborted', async () => {
    expect(
      await collect(
        runConcurrently(
          [],
          () => tick(),
          () => 1,
          limits(),
          never,
        ),
      ),
    ).toEqual([]);
    expect(
      await collect(
        runConcurrently(
          [1],
          () => tick(),
          () => 1,
          limits(),
          AbortSignal.abort(),
        ),
      ),
    ).toEqual([]);
  });
});
