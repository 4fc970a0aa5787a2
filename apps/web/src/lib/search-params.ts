import { CAMPAIGN_STATUSES, type CampaignStatus } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_TYPES, type CampaignType } from '@domainflow/domain/campaign/types.ts';

type Raw = Readonly<Record<string, unknown>>;

/** The value where it is one of the options; anything else is as if it were not there. */
export function oneOf<Option extends string>(options: readonly Option[], value: unknown): Option | undefined {
  return options.find((option) => option === value);
}

/** Text of a search parameter; empty is absent. Numbers are what the router reads `?search=42` as. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export interface SignInSearch {
  /** Where to go after the sign-in. */
  next?: string | undefined;
}

export const parseSignInSearch = (raw: Raw): SignInSearch => ({ next: text(raw.next) });

export const CAMPAIGN_SORTS = ['createdAt', 'updatedAt', 'campaignName', 'status'] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

export interface CampaignsSearch {
  status?: CampaignStatus | undefined;
  type?: CampaignType | undefined;
  search?: string | undefined;
  sort?: CampaignSort | undefined;
  order?: 'asc' | 'desc' | undefined;
}

export const parseCampaignsSearch = (raw: Raw): CampaignsSearch => ({
  status: oneOf(CAMPAIGN_STATUSES, raw.status),
  type: oneOf(CAMPAIGN_TYPES, raw.type),
  search: text(raw.search),
  sort: oneOf(CAMPAIGN_SORTS, raw.sort),
  order: oneOf(['asc', 'desc'] as const, raw.order),
});

export const CAMPAIGN_TABS = ['domains', 'leads', 'traffic', 'history', 'export'] as const;
export type CampaignTab = (typeof CAMPAIGN_TABS)[number];
export const STATUS_FILTERS = ['pending', 'ok', 'error', 'timeout'] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];
export const AVAILABILITY_FILTERS = ['true', 'false', 'unknown'] as const;
export type AvailabilityFilter = (typeof AVAILABILITY_FILTERS)[number];

/** What the domains of a campaign are filtered by: the list, the export and the address bar share it. */
export interface DomainFilters {
  search?: string | undefined;
  dnsStatus?: StatusFilter | undefined;
  dnsReason?: string | undefined;
  /** Whether the registrable domain can be registered. */
  isAvailable?: AvailabilityFilter | undefined;
  httpStatus?: StatusFilter | undefined;
  httpReason?: string | undefined;
  leadStatus?: string | undefined;
}

export interface CampaignSearch extends DomainFilters {
  tab?: CampaignTab | undefined;
  /** The domain whose drawer is open. */
  domain?: string | undefined;
}

export const parseCampaignSearch = (raw: Raw): CampaignSearch => ({
  tab: oneOf(CAMPAIGN_TABS, raw.tab),
  search: text(raw.search),
  dnsStatus: oneOf(STATUS_FILTERS, raw.dnsStatus),
  dnsReason: text(raw.dnsReason),
  // `true` and `false` come from the router as what they look like.
  isAvailable: oneOf(AVAILABILITY_FILTERS, String(raw.isAvailable)),
  httpStatus: oneOf(STATUS_FILTERS, raw.httpStatus),
  httpReason: text(raw.httpReason),
  leadStatus: text(raw.leadStatus),
  domain: text(raw.domain),
});

export interface PersonasSearch {
  kind?: 'dns' | 'http' | undefined;
}

export const parsePersonasSearch = (raw: Raw): PersonasSearch => ({
  kind: oneOf(['dns', 'http'] as const, raw.kind),
});

export interface WordListsSearch {
  /** The list whose drawer is open. */
  list?: string | undefined;
}

export const parseWordListsSearch = (raw: Raw): WordListsSearch => ({ list: text(raw.list) });

export interface ProxiesSearch {
  tab?: 'proxies' | 'pools' | undefined;
}

export const parseProxiesSearch = (raw: Raw): ProxiesSearch => ({
  tab: oneOf(['proxies', 'pools'] as const, raw.tab),
});

const TECHNOLOGY_TABS = ['known', 'imports', 'try'] as const;

export interface TechnologiesSearch {
  tab?: (typeof TECHNOLOGY_TABS)[number] | undefined;
}

export const parseTechnologiesSearch = (raw: Raw): TechnologiesSearch => ({
  tab: oneOf(TECHNOLOGY_TABS, raw.tab),
});

/** Typed words as the `search` that lists take; none where nothing is typed. */
export const searchOf = (words: string): { search?: string } => (words === '' ? {} : { search: words });

/** Those of the filters in an address that are set, and nothing else of it. `none` names them all. */
export const filtersIn = <Filters extends object>(
  search: Filters,
  none: { readonly [Name in keyof Filters]-?: undefined },
): Filters =>
  Object.fromEntries(
    Object.entries(search).filter(([name, value]) => name in none && value !== undefined),
  ) as Filters;

/** The values without those that are absent: what calls take. */
export function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
