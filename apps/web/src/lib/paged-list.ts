/** A page of a list, and where the next one begins; null where there is none. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** What `infiniteQueryOptions` of a list that has cursors takes: how one page leads to the next. */
export const BY_CURSOR = {
  getNextPageParam: ({ nextCursor }: Pick<Page<unknown>, 'nextCursor'>): string | undefined =>
    nextCursor ?? undefined,
};

/** The items of all pages that were fetched; none while there is no page. */
export const itemsOf = <Item>(
  list: { readonly pages: readonly Pick<Page<Item>, 'items'>[] } | undefined,
): Item[] => list?.pages.flatMap(({ items }) => items) ?? [];

interface CountedPage<Item> extends Pick<Page<Item>, 'items'> {
  readonly total: number;
  readonly totalExact: boolean;
}

/** The rows that were fetched, and how many there are in all as the first page says. */
export const rowsOf = <Item>(
  list: { readonly pages: readonly CountedPage<Item>[] } | undefined,
): { readonly rows: Item[]; readonly total: number; readonly totalExact: boolean } => ({
  rows: itemsOf(list),
  total: list?.pages[0]?.total ?? 0,
  totalExact: list?.pages[0]?.totalExact ?? true,
});
