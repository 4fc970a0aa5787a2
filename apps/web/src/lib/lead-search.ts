import { type CampaignSearch, filtersIn, oneOf, parseCampaignSearch, text } from './search-params.ts';

type Raw = Readonly<Record<string, unknown>>;

export const LEAD_STATES = ['new', 'contacted', 'qualified', 'rejected'] as const;
export type LeadState = (typeof LEAD_STATES)[number];
export const LEAD_SORTS = ['score', 'updated', 'domain'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];

/** What leads are filtered by: list, selection, export and the address bar share it. */
export interface LeadFilters {
  search?: string | undefined;
  state?: LeadState | undefined;
  tag?: string | undefined;
  minScore?: number | undefined;
  maxScore?: number | undefined;
  hasEmail?: boolean | undefined;
  hasPhone?: boolean | undefined;
  hasSocial?: boolean | undefined;
  keyword?: string | undefined;
  technology?: string | undefined;
  language?: string | undefined;
  country?: string | undefined;
  groupId?: string | undefined;
}

/** The leads of a page as its address says: filters, order, and the lead whose drawer is open. */
export interface LeadListSearch extends LeadFilters {
  sort?: LeadSort | undefined;
  order?: 'asc' | 'desc' | undefined;
  lead?: string | undefined;
}

export interface LeadOrder {
  readonly sort: LeadSort;
  readonly order: 'asc' | 'desc';
}

/** The order that a column begins with. */
export const firstOrder = (sort: LeadSort): LeadOrder['order'] => (sort === 'domain' ? 'asc' : 'desc');

/** The order that leads are in: the best first, unless the address says otherwise. */
export function leadOrderOf({ sort = 'score', order = firstOrder(sort) }: LeadListSearch): LeadOrder {
  return { sort, order };
}

export interface LeadsSearch extends LeadListSearch {
  view?: 'groups' | undefined;
  campaignId?: string | undefined;
}

/** A score; anything that is none is as if it were not there. */
const score = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100 ? value : undefined;

const yesOrNo = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined;

/** The text where it is no longer and no shorter than the API takes. */
function textOf(value: unknown, least: number, most: number): string | undefined {
  const given = text(value)?.trim();
  return given !== undefined && given.length >= least && given.length <= most ? given : undefined;
}

export const parseLeadListSearch = (raw: Raw): LeadListSearch => ({
  search: textOf(raw.search, 1, 253),
  state: oneOf(LEAD_STATES, raw.state),
  tag: textOf(raw.tag, 1, 200),
  minScore: score(raw.minScore),
  maxScore: score(raw.maxScore),
  hasEmail: yesOrNo(raw.hasEmail),
  hasPhone: yesOrNo(raw.hasPhone),
  hasSocial: yesOrNo(raw.hasSocial),
  keyword: textOf(raw.keyword, 1, 200),
  technology: textOf(raw.technology, 1, 200),
  language: textOf(raw.language, 2, 8),
  country: textOf(raw.country, 2, 2),
  groupId: uuid(raw.groupId),
  sort: oneOf(LEAD_SORTS, raw.sort),
  order: oneOf(['asc', 'desc'] as const, raw.order),
  lead: uuid(raw.lead),
});

export const parseLeadsSearch = (raw: Raw): LeadsSearch => ({
  ...parseLeadListSearch(raw),
  view: oneOf(['groups'] as const, raw.view),
  campaignId: uuid(raw.campaignId),
});

const NONE = {
  search: undefined,
  state: undefined,
  tag: undefined,
  minScore: undefined,
  maxScore: undefined,
  hasEmail: undefined,
  hasPhone: undefined,
  hasSocial: undefined,
  keyword: undefined,
  technology: undefined,
  language: undefined,
  country: undefined,
  groupId: undefined,
} as const satisfies { readonly [K in keyof LeadFilters]-?: undefined };

/** What clears them all. */
export const NO_LEAD_FILTERS: LeadFilters = NONE;

/** The filters in the address, those that are set. */
export const leadFiltersOf = (search: LeadFilters): LeadFilters => filtersIn(search, NONE);

/** How many are set; least and highest score are one. */
export function activeLeadFilters(filters: LeadFilters): number {
  const set = Object.keys(leadFiltersOf(filters));
  return set.length - (set.includes('minScore') && set.includes('maxScore') ? 1 : 0);
}

/** The address of a campaign: its domains and its leads. */
export const parseCampaignPageSearch = (raw: Raw): CampaignSearch & Omit<LeadListSearch, 'search'> => ({
  ...parseLeadListSearch(raw),
  ...parseCampaignSearch(raw),
});
