import { describe, expect, it } from 'vitest';
import { pagesOfRows, replacePage } from './pages.ts';

const page = (items: number[], nextCursor: string | null) => ({ items, nextCursor });
const data = {
  pages: [page([1, 2], 'a'), page([3, 4], 'b'), page([5], null)],
  pageParams: [undefined, 'a', 'b'],
};

describe('replacePage', () => {
  it('keeps the others where the page ends as before', () => {
    const next = replacePage(data, 0, page([1, 22], 'a'));
    expect(next.pages).toEqual([page([1, 22], 'a'), page([3, 4], 'b'), page([5], null)]);
    expect(next.pageParams).toEqual([undefined, 'a', 'b']);
  });

  it('drops what follows a page that ends elsewhere', () => {
    const next = replacePage(data, 0, page([1, 3], 'c'));
    expect(next).toEqual({ pages: [page([1, 3], 'c')], pageParams: [undefined] });
  });

  it('lets the last page grow', () => {
    const next = replacePage(data, 2, page([5, 6], 'd'));
    expect(next.pages).toHaveLength(3);
    expect(next.pages[2]).toEqual(page([5, 6], 'd'));
  });

  it('has nothing to do for a page that is gone', () => {
    expect(replacePage(data, 7, page([], null))).toBe(data);
  });
});

describe('pagesOfRows', () => {
  it('names the pages on the screen', () => {
    expect(pagesOfRows(data.pages, 0, 1)).toEqual([0]);
    expect(pagesOfRows(data.pages, 1, 4)).toEqual([0, 1, 2]);
    expect(pagesOfRows(data.pages, 4, 9)).toEqual([2]);
  });

  it('names the page of an empty list', () => {
    expect(pagesOfRows([page([], null)], 0, 0)).toEqual([0]);
    expect(pagesOfRows([], 0, 0)).toEqual([]);
  });
});
