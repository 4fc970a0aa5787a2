import { expect, test } from 'vitest';
import { NameList } from './name-list.ts';

const item = (ordinal: number, name: string) => ({ ordinal, name, prior: null });

test('the lines of several texts are one list, in their order', () => {
  const list = new NameList([
    { count: 0, text: '' },
    { count: 2, text: '7 a.com\n5000000000 xn--bcher-kva.example' },
    { count: 0, text: '' },
    { count: 1, text: '3 b.co.uk' },
  ]);
  const expected = [item(7, 'a.com'), item(5_000_000_000, 'xn--bcher-kva.example'), item(3, 'b.co.uk')];
  expect([...list]).toEqual(expected);
  expect(list.length).toBe(3);
  expect([0, 1, 2, 3, -1].map((index) => list.at(index))).toEqual([...expected, undefined, undefined]);
});

test('without any line it is empty', () => {
  expect([...new NameList([])]).toEqual([]);
  expect(new NameList([{ count: 0, text: '' }]).at(0)).toBeUndefined();
});
