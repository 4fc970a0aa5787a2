import { describe, expect, it } from 'vitest';
import { measureText } from './measure-text.ts';
import type { PageFeatures } from './page-features.ts';
import { pageFixture } from './page-fixture.ts';
import { isSamePage } from './same-page.ts';

const NAME = 'k3v9x0a7q1z8m2n4';
const LONG =
  'Related searches: car insurance, dental implants, cheap flights, solar panels, van hire, used cars';

function page(text: string, changes: Partial<PageFeatures> = {}): PageFeatures {
  return pageFixture({
    finalUrl: 'https://a.example/',
    text,
    simhash: measureText(text).simhash,
    bodySha256: text,
    ...changes,
  });
}
const random = (text: string, changes: Partial<PageFeatures> = {}): PageFeatures =>
  page(text, { finalUrl: `https://a.example/${NAME}`, bodySha256: `another ${text}`, ...changes });

describe('the home page again', () => {
  it.each([
    ['with the same body', page('x'), random('y', { bodySha256: 'x' })],
    ['with a like text', page(LONG), random(LONG.toUpperCase())],
    ['with the same few words', page('Coming soon'), random('Coming  soon')],
    ['with what was asked for in it', page('Not here:'), random(`Not here: ${NAME}`)],
    [
      'where the home page leads too',
      page('x', { finalUrl: 'https://a.example/lander' }),
      random('x', { finalUrl: 'https://a.example/lander' }),
    ],
    ['on its www host', page('x'), random('x', { finalUrl: `https://www.a.example/${NAME}/` })],
  ])('%s', (_, home, other) => {
    expect(isSamePage(home, other, NAME)).toBe(true);
  });

  it.each([
    [
      'another text',
      page(LONG),
      random('The page that you asked for is not here. Go to the home page of the shop'),
    ],
    ['other words', page('Coming soon'), random('Not found')],
    ['a text to compare and none', page(LONG), random('Coming soon')],
    ['a failure', page('x'), random('x', { statusCode: 404, bodySha256: 'x' })],
    ['a home page that fails', page('x', { statusCode: 203 }), random('x', { bodySha256: 'x' })],
    ['a page elsewhere', page('x'), random('x', { finalUrl: 'https://a.example/login', bodySha256: 'x' })],
  ])('is not %s', (_, home, other) => {
    expect(isSamePage(home, other, NAME)).toBe(false);
  });
});
