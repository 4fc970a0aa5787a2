import { describe, expect, it } from 'vitest';
import { ClassNames } from './class-names.ts';

const namesIn = (source: string, start = 0, end = source.length): string[] => {
  const names = new ClassNames(4, 10);
  names.add(source, start, end);
  return names.stored();
};

describe('names of classes', () => {
  it('stand between white space of all kinds, each once', () => {
    expect(namesIn(' a\tb\u00a0c\u3000a\n')).toEqual(['a', 'b', 'c']);
    expect(namesIn('class="a-b é"', 7, 12)).toEqual(['a-b', 'é']);
  });

  it('are kept up to a number, and none that is longer than others are', () => {
    expect(namesIn('a b c d e f')).toEqual(['a', 'b', 'c', 'd']);
    expect(namesIn('0123456789 0123456789x')).toEqual(['0123456789']);
  });

  it('are such as can be stored', () => {
    expect(namesIn('a\0b \ud83d \ud83d\ude00')).toEqual(['ab', '\ufffd', '😀']);
  });
});
