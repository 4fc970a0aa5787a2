import { expect, it } from 'vitest';
import { isPage, namesType } from './is-page.ts';

it.each([
  ['text/html; charset=utf-8', true, true],
  ['application/xhtml+xml', true, true],
  ['image/png', true, false],
  ['application/octet-stream', true, false],
  [undefined, false, true],
  ['html', false, true],
  ['unknown/unknown', false, true],
  [' Application/Unknown; charset=x', false, true],
  ['*/*', false, true],
  ['application/unknown-more', true, false],
])('%j', (contentType, named, page) => {
  expect([namesType(contentType), isPage(contentType)]).toEqual([named, page]);
});
