import { campaignRange } from '@domainflow/domain/generation/compile-pattern.ts';
import { generateRange } from '@domainflow/domain/generation/generate-range.ts';
import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { expect, test } from 'vitest';
import { namePattern } from './name-pattern.ts';

test.each([1, 5_000, 20_000, 1_000_000])('%d names are those that generation gives', (count) => {
  const { pattern, nameAt, size } = namePattern(count);
  const range = campaignRange(patternSchema.parse(pattern));
  expect(range.count).toBe(count);
  expect(range.space.size).toBe(BigInt(size));
  const sample = Math.min(count, 3_000);
  for (const lo of [0, count - sample]) {
    const { domains } = generateRange(range.space, BigInt(lo), BigInt(lo + sample), lo);
    expect(domains).toEqual(
      Array.from({ length: sample }, (_, at) => ({ ordinal: lo + at, name: nameAt(lo + at) })),
    );
  }
});
