import { expect, it } from 'vitest';
import { runToEnd } from '../../run-to-end.ts';
import { pageFixture } from '../page-fixture.ts';
import { compileFingerprints } from './compile-fingerprints.ts';
import { detectTechnologies } from './detect-technologies.ts';
import { type ImportedFingerprints, importFingerprints } from './import-fingerprints.ts';

function imported(technologies: object): ImportedFingerprints {
  const result = runToEnd(importFingerprints({ technologies, categories: { 1: { name: 'CMS' } } }));
  if (result === null) throw new Error('Not of the format');
  return result;
}

it('takes all patterns of a header or meta element that has several', () => {
  const { set, patterns, refusedPatterns } = imported({
    Acme: {
      cats: [1],
      headers: { 'X-Powered-By': ['^Acme/([\\d.]+)\\;version:\\1', '(?!x)never', '^Acme$'] },
      meta: { Generator: ['^Acme', '^Sprocket ([\\d.]+)\\;version:\\1'] },
    },
  });
  expect([patterns, Object.values(refusedPatterns)]).toEqual([4, [1]]);
  const known = compileFingerprints([{ set, engine: 'linear' }]);
  const versions = (page: object): unknown =>
    detectTechnologies(pageFixture(page), {}, known).map(({ version }) => version);
  expect([
    versions({ headers: { 'x-powered-by': 'Acme/2.1' } }),
    versions({ headers: { 'x-powered-by': 'Acme' } }),
    versions({ meta: { generator: 'Acme' } }),
    versions({ meta: { generator: 'Sprocket 3' } }),
    versions({ meta: { generator: 'another' } }),
  ]).toEqual([['2.1'], [null], [null], ['3'], []]);
});

it('reads entries of any shape, and says what it cannot use', () => {
  const { set, refused, refusedPatterns } = imported({
    Odd: { cats: null, headers: null, html: null, scriptSrc: { a: 'b' }, js: ['a'], meta: 'gen', website: 5 },
    Numbers: { cats: 1, html: 5, headers: { a: 1 }, implies: { x: 1 } },
    Values: { cookies: { c: '^1$' }, js: { v: '(.+)\\;version:\\1' }, dns: { SOA: 'x' } },
    Elsewhere: { dom: 'a', xhr: 'b', certIssuer: 'c', requires: 'd' },
    List: [1, 2],
  });
  expect(Object.keys(set)).toEqual([]);
  expect(refused['it has no pattern']).toBe(2);
  expect(Object.keys(refusedPatterns)).toHaveLength(7);
});
