import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/format.ts';
import { type LeadFilters, leadFiltersOf } from '../../lib/lead-search.ts';
import { present } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';

/** Filters that take a value, and what their values are called in facets. */
const FACETS = {
  tag: 'tags',
  keyword: 'keywords',
  technology: 'technologies',
  language: 'languages',
  country: 'countries',
} as const;
export type FacetFilter = keyof typeof FACETS;

const FRESH_MS = 30_000;

/** The values that a filter can take among the leads that the other filters match, the most frequent first. */
export function useFacetChoices(
  name: FacetFilter,
  filters: LeadFilters,
  campaignId: string | undefined,
  enabled: boolean,
): { value: string; hint: string }[] {
  const others = leadFiltersOf({ ...filters, [name]: undefined });
  const facets = useQuery(
    trpc.leads.facets.queryOptions(present({ ...others, campaignId }), { enabled, staleTime: FRESH_MS }),
  );
  const about = facets.data?.isEstimated === true ? 'about ' : '';
  return (facets.data?.[FACETS[name]] ?? []).map(({ value, count }) => ({
    value: name === 'country' ? value.toUpperCase() : value,
    hint: `${about}${countOf(count, 'lead')}`,
  }));
}
