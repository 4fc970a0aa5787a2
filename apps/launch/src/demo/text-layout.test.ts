import { expect, test } from 'vitest';
import { bar, cut, formatDuration, formatShare, plainText, widthOf, wrap } from './text-layout.ts';

test('text of a page cannot steer the terminal', () => {
  expect(plainText('a\u001b[31mb\r\n\u202ec')).toBe('a [31mb c');
});

test('wide letters take two columns', () => {
  expect(widthOf('東京 shop')).toBe(9);
  expect(cut('東京大阪', 5)).toBe('東京…');
  expect(cut('short', 5)).toBe('short');
});

test('lines are filled and none is too long', () => {
  expect(wrap(['aaa', 'bbb', 'ccc'], 9)).toEqual(['aaa, bbb,', 'ccc']);
  expect(wrap(['a text that is longer than the line'], 10)).toEqual(['a text th…']);
  expect(wrap([], 10)).toEqual([]);
});

test('figures', () => {
  expect([0, 0.5, 1, 2].map((share) => bar(share, 4))).toEqual(['    ', '██  ', '████', '████']);
  expect(formatShare(1, 8)).toBe('12.5%');
  expect(formatShare(0, 0)).toBe('0.0%');
  expect([420, 3_140, 125_000].map(formatDuration)).toEqual(['0.42 s', '3.1 s', '2 min 05 s']);
});
