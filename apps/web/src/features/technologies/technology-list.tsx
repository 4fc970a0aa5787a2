import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Cpu } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '../../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../../lib/paged-list.ts';
import { present, searchOf } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';
import { FilterSelect } from '../shell/filter-select.tsx';
import { LoadedList } from '../shell/loaded.tsx';
import { RowList } from '../shell/row-list.tsx';
import { SearchField } from '../shell/search-field.tsx';
import { ShowMore } from '../shell/show-more.tsx';
import { useCategories } from './use-categories.ts';

const SOURCES = [
  ['own', 'our own'],
  ['imported', 'imported'],
] as const;

/** Every technology that analysis knows. */
export function TechnologyList() {
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string | undefined>();
  const [source, setSource] = useState<(typeof SOURCES)[number][0] | undefined>();
  const categories = useCategories();
  const filters = { ...searchOf(search), ...present({ category, source }) };
  const list = useInfiniteQuery(
    trpc.technologies.list.infiniteQueryOptions(
      { limit: 100, ...filters },
      { ...BY_CURSOR, placeholderData: keepPreviousData },
    ),
  );
  const items = itemsOf(list.data);
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <div className="space-y-3">
      <div className="grid grid-cols-2 gap-2 md:max-w-3xl md:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <SearchField
          label="Search technologies"
          placeholder="Search technologies"
          value={search}
          onChange={setSearch}
          className="max-md:col-span-2"
        />
        <FilterSelect
          label="Category"
          value={category}
          onChange={setCategory}
          options={categories.map((each) => [each, each] as const)}
        />
        <FilterSelect label="Source" value={source} onChange={setSource} options={SOURCES} />
      </div>
      <p role="status" className="h-4 text-xs text-ink-faint">
        {list.isPending ? '' : countOf(total, 'technology', 'technologies')}
      </p>
      <LoadedList
        query={list}
        what="technologies"
        isEmpty={items.length === 0}
        empty={<EmptyState icon={<Cpu aria-hidden className="size-5" />} title="No technology matches" />}
      >
        <RowList label="Technologies" isStale={list.isPlaceholderData}>
          {items.map((item) => (
            <li key={item.name} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 text-sm">
              <span className="w-40 shrink-0 font-medium break-words md:w-60">
                {item.website === null ? (
                  item.name
                ) : (
                  <a
                    href={item.website}
                    target="_blank"
                    rel="noreferrer noopener"
                    className="hover:text-accent-ink hover:underline"
                  >
                    {item.name}
                  </a>
                )}
              </span>
              <span className="min-w-0 flex-1 text-ink-soft">
                {item.categories.join(', ')}
                {item.implies.length === 0 ? null : (
                  <span className="text-xs text-ink-faint"> · with it {item.implies.join(', ')}</span>
                )}
              </span>
              {item.source === 'own' ? null : <Badge>Imported</Badge>}
            </li>
          ))}
        </RowList>
      </LoadedList>
      <ShowMore list={list} />
    </div>
  );
}
