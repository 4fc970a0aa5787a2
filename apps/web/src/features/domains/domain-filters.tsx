import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import clsx from 'clsx';
import type { CampaignView } from '../../lib/contract.ts';
import { formatCompact } from '../../lib/format.ts';
import { AVAILABILITY_FILTERS, type DomainFilters, STATUS_FILTERS } from '../../lib/search-params.ts';
import { verdictsOf } from '../phases/verdicts.ts';
import { FilterSelect } from '../shell/filter-select.tsx';
import { SearchField } from '../shell/search-field.tsx';
import { AVAILABILITY_LABELS } from './filters.ts';

/** Full rows at every width of the place they stand in, by the number of selects besides the search. */
const ROWS: Readonly<Record<number, string>> = {
  1: '@md:max-w-md',
  2: '@md:max-w-xl @md:grid-cols-3',
  3: '@2xl:max-w-3xl @2xl:grid-cols-4',
  4: '@4xl:grid-cols-[minmax(0,1.2fr)_repeat(4,minmax(0,1fr))]',
  5: '@md:grid-cols-3 @min-[60rem]:grid-cols-6',
  6: '@md:grid-cols-3 @4xl:grid-cols-4 @min-[72rem]:grid-cols-[minmax(0,1.2fr)_repeat(6,minmax(0,1fr))]',
};

/** Where the search takes more than one place, so that rows are full. */
const SEARCH_SPANS: Readonly<Record<number, string>> = {
  0: '',
  6: 'col-span-2 @md:col-span-3 @4xl:col-span-2 @min-[72rem]:col-span-1',
};

const STATUSES = STATUS_FILTERS.map((status) => [status, status] as const);
const AVAILABILITIES = AVAILABILITY_FILTERS.map((each) => [each, AVAILABILITY_LABELS[each]] as const);

interface DomainFilterFieldsProps {
  campaign: CampaignView;
  filters: DomainFilters;
  onChange: (filters: DomainFilters) => void;
}

/** Search, status and reason by phase; only of phases that the campaign has. */
export function DomainFilterFields({ campaign, filters, onChange }: DomainFilterFieldsProps) {
  const has = (phase: PhaseName): boolean => campaign.phases.some((each) => each.phase === phase);
  /** Reasons with their numbers in this campaign. */
  const reasons = (phase: PhaseName, isOkIncluded: boolean): [string, string][] => {
    const counts = campaign.phases.find((each) => each.phase === phase)?.counts ?? {};
    return verdictsOf(phase)
      .filter(([verdict]) => isOkIncluded || verdict !== 'OK')
      .map(([verdict, { label }]) => {
        const count = counts[verdict] ?? 0;
        return [verdict, count === 0 ? label : `${label} (${formatCompact(count)})`];
      });
  };
  const selects = 3 * Number(has('dns')) + 2 * Number(has('http')) + Number(has('analysis'));
  return (
    <div className="@container">
      <div className={clsx('grid grid-cols-2 gap-2', ROWS[selects])}>
        <SearchField
          label="Search domains"
          placeholder="Search domains"
          value={filters.search ?? ''}
          onChange={(value) => onChange({ search: value === '' ? undefined : value })}
          className={SEARCH_SPANS[selects] ?? '@max-md:col-span-2'}
        />
        {has('dns') ? (
          <>
            <FilterSelect
              label="DNS status"
              value={filters.dnsStatus}
              options={STATUSES}
              onChange={(dnsStatus) => onChange({ dnsStatus })}
            />
            <FilterSelect
              label="DNS reason"
              value={filters.dnsReason}
              options={reasons('dns', false)}
              onChange={(dnsReason) => onChange({ dnsReason })}
            />
            <FilterSelect
              label="Registered"
              value={filters.isAvailable}
              options={AVAILABILITIES}
              onChange={(isAvailable) => onChange({ isAvailable })}
            />
          </>
        ) : null}
        {has('http') ? (
          <>
            <FilterSelect
              label="HTTP status"
              value={filters.httpStatus}
              options={STATUSES}
              onChange={(httpStatus) => onChange({ httpStatus })}
            />
            <FilterSelect
              label="HTTP reason"
              value={filters.httpReason}
              options={reasons('http', false)}
              onChange={(httpReason) => onChange({ httpReason })}
            />
          </>
        ) : null}
        {has('analysis') ? (
          <FilterSelect
            label="Analysis"
            className={selects % 2 === 0 ? '' : '@max-md:col-span-2'}
            value={filters.leadStatus}
            options={reasons('analysis', true)}
            onChange={(leadStatus) => onChange({ leadStatus })}
          />
        ) : null}
      </div>
    </div>
  );
}
