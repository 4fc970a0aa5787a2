import type { PhaseResult } from '@domainflow/domain/phases/phase.ts';
import { expect, test } from 'vitest';
import type { ClaimedBatch } from './claim-batch.ts';
import { ResultRows, resultRow } from './result-rows.ts';

const batch = { campaignId: 'c', phase: 'dns', run: 3, retryVerdicts: null } as unknown as ClaimedBatch;

const resultOf = (ordinal: number, text: string): PhaseResult => ({
  ordinal,
  verdict: ordinal % 3 === 0 ? 'OK' : 'NXDOMAIN',
  code: null,
  isAvailable: ordinal % 2 === 0,
  evidence: { text },
});
const textOf = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString();

test('results of any length leave as the rows that they would be one by one', () => {
  const sink = new ResultRows(batch);
  const lengths = [0, 1, 100, 40_000, 131_072, 131_000, 3, 400_000, 5];
  const results = Array.from({ length: 900 }, (_, ordinal) =>
    resultOf(ordinal, (ordinal % 7 === 0 ? 'ü€🦊' : 'x').repeat((lengths[ordinal % 500] ?? 50) / 4)),
  );
  for (const result of results) sink.add(result);
  expect(sink.length).toBe(900);
  const held = sink.take();
  expect(held).toMatchObject({ length: 900, counts: { OK: 300, NXDOMAIN: 600 }, ordinals: [] });
  expect(textOf(held.pieces)).toBe(results.map((result) => resultRow(batch, result)).join(''));
  expect(sink.take()).toEqual({ length: 0, counts: {}, ordinals: [], pieces: [] });
});

test('what is held does not change while more is added, and buffers given back are used again', () => {
  const sink = new ResultRows(batch);
  sink.add(resultOf(1, 'first'));
  const first = sink.take();
  sink.add(resultOf(2, 'second'));
  expect(textOf(first.pieces)).toBe(resultRow(batch, resultOf(1, 'first')));
  const second = sink.take();
  sink.release(second);
  sink.add(resultOf(3, 'third'));
  const third = sink.take();
  expect(third.pieces[0]?.buffer).toBe(second.pieces[0]?.buffer);
  expect(textOf(first.pieces)).toBe(resultRow(batch, resultOf(1, 'first')));
  expect(textOf(third.pieces)).toBe(resultRow(batch, resultOf(3, 'third')));
});

test('a retry keeps the ordinals, whose results are replaced', () => {
  const sink = new ResultRows({ ...batch, retryVerdicts: ['TIMEOUT'] });
  for (const ordinal of [5, 2, 9]) sink.add(resultOf(ordinal, ''));
  expect(sink.take().ordinals).toEqual([5, 2, 9]);
});
