import { expect, it } from 'vitest';
import { readFingerprints } from './read-fingerprints.ts';

it('takes an object, with a byte order mark or without', () => {
  expect(readFingerprints('{"A": {"html": "a"}}')).toEqual({ fingerprints: { A: { html: 'a' } } });
  expect(readFingerprints('\uFEFF{}')).toEqual({ fingerprints: {} });
});

it.each([
  ['', 'Choose a file'],
  ['{"A": ', 'not JSON'],
  ['[1]', 'object of technologies'],
  ['null', 'object of technologies'],
])('refuses %s', (text, problem) => {
  expect(readFingerprints(text)).toEqual({ problem: expect.stringContaining(problem) });
});
