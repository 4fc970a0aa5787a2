import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, KeyRound, Waypoints, X } from 'lucide-react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import { countOf, formatAgo } from '../../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../../lib/paged-list.ts';
import { trpc } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { LoadedList } from '../shell/loaded.tsx';
import { RowList } from '../shell/row-list.tsx';
import { ShowMore } from '../shell/show-more.tsx';
import { CheckButton } from './check-button.tsx';
import { LiveBadge, LiveDetails } from './live-state.tsx';
import { addressOf, checkSentence, KIND_LABELS, LIVE_REFRESH_MS, type ProxyView } from './proxy-words.ts';

function HealthBadge({ check }: { check: ProxyView['lastCheck'] }) {
  if (check === null) return <Badge>Not checked</Badge>;
  return check.ok ? (
    <Badge tone="ok" icon={<Check aria-hidden className="size-3" />}>
      Works
    </Badge>
  ) : (
    <Badge tone="bad" icon={<X aria-hidden className="size-3" />}>
      Fails
    </Badge>
  );
}

interface ProxyRowProps {
  proxy: ProxyView;
  nowMs: number;
  checkUrl: string;
  onOpen: () => void;
}

function ProxyRow({ proxy, nowMs, checkUrl, onOpen }: ProxyRowProps) {
  const queryClient = useQueryClient();
  const check = useMutation(
    trpc.proxies.healthCheck.mutationOptions({
      onError: (error) => toast.error(toAppError(error).message),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.proxies.pathKey() }),
    }),
  );
  const { lastCheck, live } = proxy;
  return (
    <li className="relative flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <button
            type="button"
            onClick={onOpen}
            className="min-w-0 truncate text-left text-sm font-semibold after:absolute after:inset-0"
          >
            {proxy.name}
          </button>
          <Badge>{KIND_LABELS[proxy.kind]}</Badge>
          <HealthBadge check={lastCheck} />
          {live === null ? null : <LiveBadge state={live.state} />}
        </div>
        <p className="mt-0.5 font-mono text-xs break-all text-ink-soft">{addressOf(proxy)}</p>
        <p className="text-xs text-ink-faint">
          {proxy.hasUsername || proxy.hasPassword ? (
            <>
              <KeyRound aria-hidden className="mr-1 inline size-3 align-[-1px]" />
              With credentials ·{' '}
            </>
          ) : null}
          {proxy.country === null ? '' : `${proxy.country} · `}
          {proxy.provider === null ? '' : `${proxy.provider} · `}
          up to {countOf(proxy.maxConnections, 'connection')}
          {proxy.requestsPerSecond === null
            ? ''
            : `, ${countOf(proxy.requestsPerSecond, 'request')} a second`}
        </p>
        <p className="mt-1 text-xs break-words text-ink-soft" aria-live="polite">
          {checkSentence(lastCheck)}
          {lastCheck === null ? null : (
            <span className="text-ink-faint"> {formatAgo(lastCheck.checkedAt, nowMs)}</span>
          )}
        </p>
        {live === null ? null : <LiveDetails name={proxy.name} live={live} nowMs={nowMs} />}
      </div>
      <CheckButton
        name={proxy.name}
        checkUrl={checkUrl}
        isBusy={check.isPending}
        onCheck={(page) => check.mutate({ id: proxy.proxyId, ...page })}
      >
        Check
      </CheckButton>
    </li>
  );
}

interface ProxyListProps {
  /** The page that checks fetch; empty: one that says from where it was asked. */
  checkUrl: string;
  onOpen: (proxy: ProxyView) => void;
  onCreate: () => void;
}

/** All proxies with their health. */
export function ProxyList({ checkUrl, onOpen, onCreate }: ProxyListProps) {
  const now = useNow(LIVE_REFRESH_MS);
  const list = useInfiniteQuery(
    trpc.proxies.list.infiniteQueryOptions(
      { limit: 100 },
      { ...BY_CURSOR, refetchInterval: LIVE_REFRESH_MS },
    ),
  );
  const proxies = itemsOf(list.data);
  return (
    <>
      <LoadedList
        query={list}
        what="proxies"
        isEmpty={proxies.length === 0}
        empty={
          <EmptyState
            icon={<Waypoints aria-hidden className="size-5" />}
            title="No proxies"
            action={<Button onClick={onCreate}>New proxy</Button>}
          >
            Pages are fetched directly. Put proxies into a pool, and choose the pool in a campaign’s HTTP
            phase.
          </EmptyState>
        }
      >
        <RowList>
          {proxies.map((proxy) => (
            <ProxyRow
              key={proxy.proxyId}
              proxy={proxy}
              nowMs={now}
              checkUrl={checkUrl}
              onOpen={() => onOpen(proxy)}
            />
          ))}
        </RowList>
      </LoadedList>
      <ShowMore list={list} className="mt-3" />
    </>
  );
}
