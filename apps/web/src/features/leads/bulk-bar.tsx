import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { LEAD_STATES, type LeadFilters, leadFiltersOf } from '../../lib/lead-search.ts';
import { oneOf, present } from '../../lib/search-params.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ALL_SELECTED, type LeadSelection, NO_SELECTION } from './lead-selection.ts';
import { STATE_LABELS } from './lead-words.ts';
import { tagsOf } from './tags-of.ts';

/** The API takes so many ids at once; more are named by their filter. */
const MOST_IDS = 10_000;

interface BulkBarProps {
  selection: LeadSelection;
  onSelect: (selection: LeadSelection) => void;
  filters: LeadFilters;
  campaignId: string | undefined;
  loaded: number;
  total: number;
  totalExact: boolean;
}

/** What is done to all marked leads: a state, tags. */
export function BulkBar({
  selection,
  onSelect,
  filters,
  campaignId,
  loaded,
  total,
  totalExact,
}: BulkBarProps) {
  const queryClient = useQueryClient();
  const [state, setState] = useState('');
  const [addTags, setAddTags] = useState('');
  const [removeTags, setRemoveTags] = useState('');
  const hint = useId();
  const decide = useMutation({
    mutationFn: () =>
      api.leads.updateMany.mutate({
        ...(selection.isAll
          ? {
              filter: present({ ...leadFiltersOf(filters), campaignId }),
              // Others that came in meanwhile were not meant.
              ...(totalExact ? { expectedCount: total } : {}),
            }
          : { leadIds: [...selection.ids] }),
        ...present({ state: oneOf(LEAD_STATES, state) }),
        addTags: tagsOf(addTags),
        removeTags: tagsOf(removeTags),
      }),
    onSuccess: async ({ updated }) => {
      toast.success(`${countOf(updated, 'lead')} changed`);
      setState('');
      setAddTags('');
      setRemoveTags('');
      onSelect(NO_SELECTION);
      await queryClient.invalidateQueries({ queryKey: trpc.leads.pathKey() });
    },
    onError: (error) => {
      // There are more or fewer now: the list says how many.
      if (toAppError(error).code === 'CONFLICT')
        void queryClient.invalidateQueries({ queryKey: trpc.leads.list.pathKey() });
    },
  });
  const count = selection.isAll ? total : selection.ids.size;
  if (count === 0) return null;
  const isNothing = state === '' && tagsOf(addTags).length === 0 && tagsOf(removeTags).length === 0;
  return (
    <section
      aria-label="Marked leads"
      className="space-y-2 rounded-lg bg-accent-soft p-3 ring-1 ring-accent/25 ring-inset"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span role="status" className="font-medium">
          {selection.isAll ? `All ${totalExact ? '' : 'about '}` : ''}
          {countOf(count, 'lead')} marked
        </span>
        {!selection.isAll && count >= loaded && total > loaded ? (
          <Button size="sm" onClick={() => onSelect(ALL_SELECTED)}>
            Mark all {totalExact ? '' : 'about '}
            {formatCount(total)} that match
          </Button>
        ) : null}
        <Button size="sm" look="ghost" onClick={() => onSelect(NO_SELECTION)}>
          Unmark
        </Button>
      </div>
      <form
        className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isNothing) decide.mutate();
        }}
      >
        <Select
          aria-label="State of the marked leads"
          value={state}
          onChange={(event) => setState(event.target.value)}
          className="max-sm:col-span-2 sm:!w-44"
        >
          <option value="">Leave the state</option>
          {LEAD_STATES.map((each) => (
            <option key={each} value={each}>
              Set to {STATE_LABELS[each].toLowerCase()}
            </option>
          ))}
        </Select>
        <Input
          aria-label="Tags to add"
          aria-describedby={hint}
          placeholder="Tags to add"
          value={addTags}
          autoComplete="off"
          onChange={(event) => setAddTags(event.target.value)}
          className="sm:!w-44"
        />
        <Input
          aria-label="Tags to remove"
          aria-describedby={hint}
          placeholder="Tags to remove"
          value={removeTags}
          autoComplete="off"
          onChange={(event) => setRemoveTags(event.target.value)}
          className="sm:!w-44"
        />
        <Button
          type="submit"
          look="primary"
          busy={decide.isPending}
          disabled={isNothing || (!selection.isAll && count > MOST_IDS)}
          className="max-sm:col-span-2"
        >
          Apply
        </Button>
      </form>
      <p id={hint} className="sr-only">
        Separate several tags by commas.
      </p>
      {decide.error === null ? null : <ErrorNotice error={decide.error} title="Nothing was changed" />}
    </section>
  );
}
