/** A page of a keyset list, as far as paging goes. */
export interface KeysetPage {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

export interface KeysetData<Page extends KeysetPage> {
  pages: Page[];
  pageParams: unknown[];
}

/**
 * Puts a page that was fetched again in its place. Where it now ends elsewhere, the pages after it would overlap it or
 * leave a gap: they are dropped, and fetched when they are scrolled to.
 */
export function replacePage<Page extends KeysetPage>(
  data: KeysetData<Page>,
  index: number,
  page: Page,
): KeysetData<Page> {
  if (index >= data.pages.length) return data;
  const endsAsBefore = data.pages[index]?.nextCursor === page.nextCursor;
  const isLast = index === data.pages.length - 1;
  const keep = endsAsBefore || isLast ? data.pages.length : index + 1;
  return {
    pages: data.pages.slice(0, keep).map((each, at) => (at === index ? page : each)),
    pageParams: data.pageParams.slice(0, keep),
  };
}

/** The pages that hold the rows from `first` to `last`, by index. */
export function pagesOfRows(pages: readonly KeysetPage[], first: number, last: number): number[] {
  const found: number[] = [];
  let start = 0;
  for (const [index, page] of pages.entries()) {
    const end = start + page.items.length;
    if (start <= last && end > first) found.push(index);
    start = end;
  }
  // An empty list has a page too, and rows may come into it.
  return found.length === 0 && pages.length > 0 ? [pages.length - 1] : found;
}
