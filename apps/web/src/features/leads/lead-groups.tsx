import { unicodeNameOf } from '@domainflow/domain/domain-name/unicode-name.ts';
import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Menu, MenuItem } from '@domainflow/ui/primitives/menu.tsx';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Copy } from 'lucide-react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { LeadGroup } from '../../lib/contract.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { LEAD_STATES, type LeadState } from '../../lib/lead-search.ts';
import { BY_CURSOR, itemsOf } from '../../lib/paged-list.ts';
import { present } from '../../lib/search-params.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { DomainName } from '../domains/domain-name.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LoadedList } from '../shell/loaded.tsx';
import { RowList } from '../shell/row-list.tsx';
import { ShowMore } from '../shell/show-more.tsx';
import { LeadJobProgress } from './lead-job-progress.tsx';
import { groupReason, STATE_LABELS, STATE_TONES } from './lead-words.ts';
import { ScoreMeter } from './score-meter.tsx';
import { useLatestLeadJob } from './use-lead-job.ts';

const readable = (name: string): string => unicodeNameOf(name) ?? name;

function GroupRow({ group, onOpen }: { group: LeadGroup; onOpen: () => void }) {
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (state: LeadState) => api.leads.decideOnGroup.mutate({ id: group.groupId, state }),
    onSuccess: async ({ updated }, state) => {
      toast.success(`${formatCount(updated)} leads are now ${STATE_LABELS[state].toLowerCase()}`);
      await queryClient.invalidateQueries({ queryKey: trpc.leads.pathKey() });
    },
    onError: (error) => toast.error(toAppError(error).message),
  });
  const [best = '', ...others] = group.domains;
  const hidden = group.size - group.domains.length;
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken/70">
      <ScoreMeter score={group.bestScore} />
      <div className="min-w-0 flex-1 basis-60">
        <button
          type="button"
          onClick={onOpen}
          className="block max-w-full truncate text-left text-sm font-medium after:absolute after:inset-0"
        >
          <DomainName name={best} />{' '}
          <span className="font-normal text-ink-faint">and {formatCount(group.size - 1)} more</span>
        </button>
        <p className="truncate text-xs text-ink-faint">
          {others.map(readable).join(', ')}
          {hidden > 0 ? ` and ${countOf(hidden, 'other')}` : ''}
        </p>
      </div>
      <div className="flex flex-wrap gap-1">
        {group.reasons.map((reason) => (
          <Badge key={reason}>{groupReason(reason)}</Badge>
        ))}
      </div>
      <div className="flex flex-wrap gap-1">
        {LEAD_STATES.filter((state) => (group.states[state] ?? 0) > 0).map((state) => (
          <Badge key={state} tone={STATE_TONES[state]}>
            {formatCount(group.states[state] ?? 0)} {STATE_LABELS[state].toLowerCase()}
          </Badge>
        ))}
      </div>
      <span className="relative z-[1]">
        <Menu
          trigger={
            <Button
              size="sm"
              busy={decide.isPending}
              aria-label={`Decide for all ${group.size} leads of the group of ${best}`}
            >
              Decide for all
              <ChevronDown aria-hidden className="size-3.5" />
            </Button>
          }
        >
          {LEAD_STATES.map((state) => (
            <MenuItem key={state} onSelect={() => decide.mutate(state)}>
              {STATE_LABELS[state]}
            </MenuItem>
          ))}
        </Menu>
      </span>
    </li>
  );
}

interface LeadGroupsProps {
  campaignId: string | undefined;
  onOpen: (groupId: string) => void;
}

/** Near-duplicates in groups, the largest first: one decision for all of them. */
export function LeadGroups({ campaignId, onOpen }: LeadGroupsProps) {
  const groups = useInfiniteQuery(
    trpc.leads.groups.infiniteQueryOptions({ limit: 100, ...present({ campaignId }) }, BY_CURSOR),
  );
  const { job, refetch } = useLatestLeadJob('group');
  const find = useMutation({ mutationFn: () => api.leads.findGroups.mutate({}), onSettled: refetch });
  const items = itemsOf(groups.data);
  const total = groups.data?.pages[0]?.total ?? 0;
  const isBusy = job?.status === 'running' || job?.status === 'paused';
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" data-testid="groups-total" className="text-xs text-ink-faint">
          {groups.isPending ? '' : countOf(total, 'group')}
        </p>
        <Button size="sm" busy={find.isPending} disabled={isBusy} onClick={() => find.mutate()}>
          Find near-duplicates
        </Button>
      </div>
      {find.error === null ? null : <ErrorNotice error={find.error} />}
      {job === undefined ? null : (
        <div className="text-sm text-ink-soft">
          <LeadJobProgress job={job} onChanged={refetch} />
        </div>
      )}
      <LoadedList
        query={groups}
        what="groups"
        isEmpty={items.length === 0}
        empty={
          <EmptyState icon={<Copy aria-hidden className="size-5" />} title="No near-duplicates">
            Leads with the same page, icon, certificate or analytics account are put together when an analysis
            ends.
          </EmptyState>
        }
      >
        <RowList label="Groups">
          {items.map((group) => (
            <GroupRow key={group.groupId} group={group} onOpen={() => onOpen(group.groupId)} />
          ))}
        </RowList>
      </LoadedList>
      <ShowMore list={groups} />
    </div>
  );
}
