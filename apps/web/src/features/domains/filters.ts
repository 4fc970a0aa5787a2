import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { type AvailabilityFilter, type DomainFilters, filtersIn } from '../../lib/search-params.ts';
import { verdictLabel } from '../phases/verdicts.ts';

/** Whether a name is registered, by whether it is available. */
export const AVAILABILITY_LABELS: Readonly<Record<AvailabilityFilter, string>> = {
  true: 'no',
  false: 'yes',
  unknown: 'unknown',
};

const NONE = {
  search: undefined,
  dnsStatus: undefined,
  dnsReason: undefined,
  isAvailable: undefined,
  httpStatus: undefined,
  httpReason: undefined,
  leadStatus: undefined,
} as const satisfies { readonly [Name in keyof DomainFilters]-?: undefined };

/** What clears them all. */
export const NO_FILTERS: DomainFilters = NONE;

/** The filters in the address, those that are set. */
export const filtersOf = (search: DomainFilters): DomainFilters => filtersIn(search, NONE);

/** How many are set. */
export const activeFilters = (filters: DomainFilters): number => Object.keys(filtersOf(filters)).length;

/** The filters in words, for the export. */
export function describeFilters(filters: DomainFilters): string {
  const reason = (phase: PhaseName, verdict: string): string => verdictLabel(phase, verdict).toLowerCase();
  const parts = [
    filters.search === undefined ? null : `“${filters.search}” in the name`,
    filters.dnsStatus === undefined ? null : `DNS status ${filters.dnsStatus}`,
    filters.dnsReason === undefined ? null : `DNS reason ${reason('dns', filters.dnsReason)}`,
    filters.isAvailable === undefined ? null : `registered: ${AVAILABILITY_LABELS[filters.isAvailable]}`,
    filters.httpStatus === undefined ? null : `HTTP status ${filters.httpStatus}`,
    filters.httpReason === undefined ? null : `HTTP reason ${reason('http', filters.httpReason)}`,
    filters.leadStatus === undefined ? null : `analysis ${reason('analysis', filters.leadStatus)}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
