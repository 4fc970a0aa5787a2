import { expect, test } from 'vitest';
import { readDemoOptions } from './options.ts';

test('defaults and options', () => {
  expect(readDemoOptions([])).toEqual({ count: 5_000, seed: 'domainflow', keep: false });
  expect(readDemoOptions(['--count', '20', '--seed=a b', '--keep'])).toEqual({
    count: 20,
    seed: 'a b',
    keep: true,
  });
  expect(readDemoOptions(['--help'])).toBe('help');
});

test.each([
  [['--count', '0'], /--count/],
  [['--count', '1e9'], /--count/],
  [['--seed', ' '], /--seed/],
  [['--nonsense'], /--help/],
])('%j is refused in words', (args, message) => {
  expect(() => readDemoOptions(args)).toThrow(message);
});
