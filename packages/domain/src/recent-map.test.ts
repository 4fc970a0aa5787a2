import { expect, test } from 'vitest';
import { RecentMap } from './recent-map.ts';

test('what is used stays, what has been unused for longest goes, and what went is made again', () => {
  const made: string[] = [];
  const map = new RecentMap<string>(2);
  const use = (key: string): string =>
    map.of(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(use)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  expect(map.values()).toEqual(['A', 'B']);
  map.forget('a');
  expect(map.values()).toEqual(['B']);
});
