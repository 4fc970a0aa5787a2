import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import type { HeldResults, PhaseResult } from '@domainflow/domain/phases/phase.ts';
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
const piecesOf = ({ rows }: HeldResults): readonly Uint8Array[] => [...rows.values()][0] ?? [];
const textOf = (held: HeldResults): string => Buffer.concat(piecesOf(held)).toString();

test('results of any length leave as the rows that they would be one by one', () => {
  const sink = new ResultRows(batch);
  const lengths = [0, 1, 100, 40_000, 131_072, 131_000, 3, 400_000, 5];
  const results = Array.from({ length: 900 }, (_, ordinal) =>
    resultOf(ordinal, (ordinal % 7 === 0 ? 'ü€🦊' : 'x').repeat((lengths[ordinal % 500] ?? 50) / 4)),
  );
  for (const result of results) sink.add(result);
  expect(sink.length).toBe(900);
  expect(sink.octets).toBe(Buffer.byteLength(results.map((result) => resultRow(batch, result)).join('')));
  const held = sink.take();
  expect(held).toMatchObject({ length: 900, counts: { OK: 300, NXDOMAIN: 600 }, ordinals: [] });
  expect(textOf(held)).toBe(results.map((result) => resultRow(batch, result)).join(''));
  expect([sink.length, sink.octets]).toEqual([0, 0]);
  const nothing = sink.take();
  expect(nothing).toMatchObject({ length: 0, counts: {}, ordinals: [] });
  expect(piecesOf(nothing)).toEqual([]);
});

test('what is held does not change while more is added, and buffers given back are used again', () => {
  const sink = new ResultRows(batch);
  sink.add(resultOf(1, 'first'));
  const first = sink.take();
  sink.add(resultOf(2, 'second'));
  expect(textOf(first)).toBe(resultRow(batch, resultOf(1, 'first')));
  const second = sink.take();
  sink.release(second);
  sink.add(resultOf(3, 'third'));
  const third = sink.take();
  expect(piecesOf(third)[0]?.buffer).toBe(piecesOf(second)[0]?.buffer);
  expect(textOf(first)).toBe(resultRow(batch, resultOf(1, 'first')));
  expect(textOf(third)).toBe(resultRow(batch, resultOf(3, 'third')));
});

test('what is kept beside results becomes rows of its own tables', () => {
  const sink = new ResultRows(batch);
  const page = { title: 'a\tb' } as PageFeatures;
  sink.add(resultOf(1, ''), { page });
  sink.add(resultOf(2, ''), { page, fetchedAt: '2026-01-02T03:04:05.678Z' });
  sink.add(resultOf(3, ''));
  const held = sink.take();
  const texts = [...held.rows].map(([table, pieces]) => [
    table.slice(0, 7),
    Buffer.concat(pieces).toString(),
  ]);
  expect(texts).toEqual([
    ['results', [1, 2, 3].map((ordinal) => resultRow(batch, resultOf(ordinal, ''))).join('')],
    ['pages (', 'c\t1\t{"title":"a\\\\tb"}\n'],
    ['pages (', 'c\t2\t{"title":"a\\\\tb"}\t2026-01-02T03:04:05.678Z\n'],
  ]);
});

test('a retry keeps the ordinals, whose results are replaced', () => {
  const sink = new ResultRows({ ...batch, retryVerdicts: ['TIMEOUT'] });
  for (const ordinal of [5, 2, 9]) sink.add(resultOf(ordinal, ''));
  expect(sink.take().ordinals).toEqual([5, 2, 9]);
});
