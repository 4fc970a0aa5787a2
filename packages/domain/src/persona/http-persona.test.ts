import { describe, expect, it } from 'vitest';
import { httpPersonaSchema } from './http-persona.ts';

describe('HTTP persona', () => {
  const accepts = (headers: unknown): boolean => httpPersonaSchema.safeParse({ headers }).success;

  it('takes any other header, and none that the connection decides or that ends a line', () => {
    expect(accepts([{ name: 'X-Source', value: 'a b' }])).toBe(true);
    for (const name of ['Host', 'connection', 'Content-Length', 'Transfer-Encoding', 'a b', '']) {
      expect(accepts([{ name, value: 'x' }])).toBe(false);
    }
    expect(accepts([{ name: 'X-A', value: 'a\r\nHost: other' }])).toBe(false);
    expect(httpPersonaSchema.safeParse({ userAgent: 'a\nb' }).success).toBe(false);
  });
});

it.each([
  ['gzip, deflate, br', true],
  ['br;q=1.0,gzip;q=0.8, identity;q=0', true],
  [null, true],
  ['', false],
  ['compress', false],
  ['gzip;', false],
  ['gzip br', false],
  ['gzip\r\nHost: x', false],
])('offers only codings that are undone: %j', (acceptEncoding, isTaken) => {
  expect(httpPersonaSchema.safeParse({ acceptEncoding }).success).toBe(isTaken);
});

it('ignores robots.txt with a reason only', () => {
  expect(httpPersonaSchema.parse({}).robots).toBe('obey');
  for (const robotsOverrideReason of [undefined, null, '', '  ']) {
    const parsed = httpPersonaSchema.safeParse({ robots: 'ignore', robotsOverrideReason });
    expect(parsed.error?.issues[0]?.path).toEqual(['robotsOverrideReason']);
  }
  expect(httpPersonaSchema.safeParse({ robots: 'ignore', robotsOverrideReason: 'Own sites' }).success).toBe(
    true,
  );
});
