import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Minus, Network, X } from 'lucide-react';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LoadedList } from '../shell/loaded.tsx';
import { RowList } from '../shell/row-list.tsx';
import { CheckButton } from './check-button.tsx';
import { PoolStates } from './pool-states.tsx';
import { checkSentence, LIVE_REFRESH_MS, type PoolSummary, ROTATION_LABELS } from './proxy-words.ts';

function PoolRow({ pool, checkUrl, onOpen }: { pool: PoolSummary; checkUrl: string; onOpen: () => void }) {
  const queryClient = useQueryClient();
  const check = useMutation(
    trpc.proxyPools.healthCheck.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.proxies.pathKey() }),
    }),
  );
  const found = check.data;
  return (
    <li className="relative px-4 py-3 hover:bg-sunken">
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-2">
            <button
              type="button"
              onClick={onOpen}
              className="min-w-0 truncate text-left text-sm font-semibold after:absolute after:inset-0"
            >
              {pool.name}
            </button>
            <Badge>{countOf(pool.proxyCount, 'proxy', 'proxies')}</Badge>
          </div>
          {pool.description === '' ? null : <p className="text-sm text-ink-soft">{pool.description}</p>}
          <p className="text-xs text-ink-faint">
            {ROTATION_LABELS[pool.rotation]} · left out after {countOf(pool.ejectAfterFailures, 'failure')} in
            a row
          </p>
          <PoolStates pool={pool} />
        </div>
        <CheckButton
          name={pool.name}
          checkUrl={checkUrl}
          isBusy={check.isPending}
          onCheck={(page) => check.mutate({ id: pool.proxyPoolId, ...page })}
        >
          Check all
        </CheckButton>
      </div>
      <div className="relative z-10" aria-live="polite">
        {check.error === null ? null : (
          <ErrorNotice className="mt-2" error={check.error} title="The pool could not be checked" />
        )}
        {found === undefined ? null : (
          <div className="mt-2 text-xs">
            <p className="font-medium">
              {found.working} of {found.proxies.length} work
              {found.unchecked === 0 ? '' : `, ${found.unchecked} were not checked in time`}.
            </p>
            <ul className="mt-1 space-y-0.5">
              {found.proxies.map((proxy) => {
                const Icon = proxy.check === null ? Minus : proxy.check.ok ? Check : X;
                return (
                  <li key={proxy.proxyId} className="flex gap-1.5">
                    <Icon aria-hidden className="mt-0.5 size-3 shrink-0" />
                    <span className="min-w-0 break-words">
                      {proxy.name}
                      <span className="text-ink-faint">
                        {' – '}
                        {proxy.check === null ? 'There was no time for it.' : checkSentence(proxy.check)}
                      </span>
                    </span>
                  </li>
                );
              })}
            </ul>
          </div>
        )}
      </div>
    </li>
  );
}

interface PoolListProps {
  checkUrl: string;
  onOpen: (poolId: string) => void;
  onCreate: () => void;
}

/** All pools. */
export function PoolList({ checkUrl, onOpen, onCreate }: PoolListProps) {
  const list = useQuery(
    trpc.proxyPools.list.queryOptions({ limit: 200 }, { refetchInterval: LIVE_REFRESH_MS }),
  );
  const pools = list.data?.items ?? [];
  return (
    <LoadedList
      query={list}
      what="pools"
      isEmpty={pools.length === 0}
      empty={
        <EmptyState
          icon={<Network aria-hidden className="size-5" />}
          title="No pools"
          action={<Button onClick={onCreate}>New pool</Button>}
        >
          A campaign names a pool, not a proxy: one that fails is left out, and the others go on.
        </EmptyState>
      }
    >
      <RowList>
        {pools.map((pool) => (
          <PoolRow
            key={pool.proxyPoolId}
            pool={pool}
            checkUrl={checkUrl}
            onOpen={() => onOpen(pool.proxyPoolId)}
          />
        ))}
      </RowList>
    </LoadedList>
  );
}
