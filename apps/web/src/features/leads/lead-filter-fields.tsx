import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field, type FieldControl } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import {
  LEAD_STATES,
  type LeadFilters,
  type LeadListSearch,
  parseLeadListSearch,
} from '../../lib/lead-search.ts';
import { FilterSelect } from '../shell/filter-select.tsx';
import { SearchField } from '../shell/search-field.tsx';
import { STATE_LABELS } from './lead-words.ts';
import { TypedFilter } from './typed-filter.tsx';
import { type FacetFilter, useFacetChoices } from './use-facet-choices.ts';

const STATES = LEAD_STATES.map((state) => [state, STATE_LABELS[state].toLowerCase()] as const);

const CONTACTS = [
  ['hasEmail', 'E-mail'],
  ['hasPhone', 'Phone'],
  ['hasSocial', 'Social profile'],
] as const;

const NAMED = [
  ['tag', 'Tag', ''],
  ['keyword', 'Keyword', ''],
  ['technology', 'Technology', ''],
  ['language', 'Language', 'de'],
  ['country', 'Country', 'DE'],
] as const satisfies readonly (readonly [FacetFilter, string, string])[];

/** Filters behind the button; how many of them are set stands on it. */
const FURTHER = ['hasEmail', 'hasPhone', 'hasSocial', 'maxScore', ...NAMED.map(([name]) => name)] as const;

interface LeadFilterFieldsProps {
  filters: LeadFilters;
  onChange: (filters: LeadFilters) => void;
  /** Undefined: of all campaigns. */
  campaignId: string | undefined;
  /** Stands after the search: the choice of a campaign, the order. */
  children?: ReactNode;
}

/** What leads are filtered by: the most used in a row, the others behind a button. */
export function LeadFilterFields({ filters, onChange, campaignId, children }: LeadFilterFieldsProps) {
  const further = FURTHER.filter((name) => filters[name] !== undefined).length;
  const [isOpen, setOpen] = useState(further > 0);
  const panel = useId();
  /** Takes what the address may hold; anything else is no filter. */
  const change = (name: keyof LeadListSearch, value: unknown): void =>
    onChange({ [name]: parseLeadListSearch({ [name]: value })[name] });
  const changeScore = (name: 'minScore' | 'maxScore', typed: string): void =>
    change(name, typed === '' ? undefined : Number(typed));
  return (
    <div className="space-y-2">
      <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        <SearchField
          label="Search leads"
          placeholder="Part of a domain"
          value={filters.search ?? ''}
          onChange={(words) => change('search', words)}
          className="col-span-2 sm:w-52"
        />
        {children}
        <FilterSelect
          label="State"
          value={filters.state}
          onChange={(state) => onChange({ state })}
          options={STATES}
          className="sm:!w-auto"
        />
        <TypedFilter
          label="Least score"
          type="number"
          value={filters.minScore === undefined ? '' : String(filters.minScore)}
          onChange={(typed) => changeScore('minScore', typed)}
          className="sm:!w-28"
        />
        <Button
          aria-expanded={isOpen}
          aria-controls={panel}
          className="max-sm:even:col-span-2"
          icon={<SlidersHorizontal aria-hidden className="size-4" />}
          onClick={() => setOpen(!isOpen)}
        >
          Filters{further === 0 ? '' : ` (${further})`}
        </Button>
      </div>
      <div
        id={panel}
        hidden={!isOpen}
        className="grid grid-cols-2 gap-x-3 gap-y-2.5 rounded-lg bg-sunken p-3 ring-1 ring-line sm:grid-cols-3 xl:grid-cols-5"
      >
        {CONTACTS.map(([name, label]) => (
          <Field key={name} label={label}>
            {(field) => (
              <Select
                {...field}
                value={String(filters[name] ?? '')}
                onChange={(event) =>
                  onChange({ [name]: event.target.value === '' ? undefined : event.target.value === 'true' })
                }
              >
                <option value="">Any</option>
                <option value="true">Found</option>
                <option value="false">Not found</option>
              </Select>
            )}
          </Field>
        ))}
        <Field label="Highest score">
          {(field) => (
            <TypedFilter
              control={field}
              type="number"
              value={filters.maxScore === undefined ? '' : String(filters.maxScore)}
              onChange={(typed) => changeScore('maxScore', typed)}
            />
          )}
        </Field>
        {NAMED.map(([name, label, example]) => (
          <Field key={name} label={label}>
            {(field) => (
              <FacetFilterInput
                control={field}
                name={name}
                placeholder={example}
                filters={filters}
                campaignId={campaignId}
                isOpen={isOpen}
                onChange={(typed) => change(name, typed)}
              />
            )}
          </Field>
        ))}
      </div>
    </div>
  );
}

interface FacetFilterInputProps {
  control: FieldControl;
  name: FacetFilter;
  placeholder: string;
  filters: LeadFilters;
  campaignId: string | undefined;
  isOpen: boolean;
  onChange: (typed: string) => void;
}

/** A filter whose values are offered, those that leads have. */
function FacetFilterInput({ name, filters, campaignId, isOpen, ...rest }: FacetFilterInputProps) {
  const choices = useFacetChoices(name, filters, campaignId, isOpen);
  return <TypedFilter {...rest} value={filters[name] ?? ''} choices={choices} />;
}

/** Kept apart from the fields: it is what says that the list is one group. */
export function GroupFilterNote({ onClear }: { onClear: () => void }) {
  return (
    <span className="inline-flex items-center gap-1 text-xs text-ink-soft">
      Only one group of near-duplicates
      <Button size="sm" look="ghost" onClick={onClear}>
        Show all
      </Button>
    </span>
  );
}
