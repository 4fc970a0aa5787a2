import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, HeartPulse, KeyRound, Waypoints, X } from 'lucide-react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import { formatAgo } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ShowMore } from '../shell/show-more.tsx';
import { addressOf, checkSentence, KIND_LABELS, type ProxyView } from './proxy-words.ts';

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
  const { lastCheck } = proxy;
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
          {proxy.maxConnections} connections
          {proxy.requestsPerSecond === null ? '' : `, ${proxy.requestsPerSecond}/s`}
        </p>
        <p className="mt-1 text-xs break-words text-ink-soft" aria-live="polite">
          {checkSentence(lastCheck)}
          {lastCheck === null ? null : (
            <span className="text-ink-faint"> {formatAgo(lastCheck.checkedAt, nowMs)}</span>
          )}
        </p>
      </div>
      <Button
        size="sm"
        className="relative z-10"
        icon={<HeartPulse aria-hidden className="size-3.5" />}
        aria-label={`Check ${proxy.name}`}
        busy={check.isPending}
        onClick={() =>
          check.mutate({ id: proxy.proxyId, ...(checkUrl.trim() === '' ? {} : { url: checkUrl.trim() }) })
        }
      >
        Check
      </Button>
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
  const now = useNow(30_000);
  const list = useInfiniteQuery(
    trpc.proxies.list.infiniteQueryOptions(
      { limit: 100 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const proxies = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error !== null) {
    return (
      <ErrorNotice
        error={list.error}
        title="The proxies could not be loaded"
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (list.isPending) return <Skeleton className="h-40 w-full" />;
  if (proxies.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<Waypoints aria-hidden className="size-5" />}
          title="No proxies"
          action={<Button onClick={onCreate}>New proxy</Button>}
        >
          Pages are fetched directly. Put proxies into a pool, and choose the pool in a campaign’s HTTP phase.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <Card>
        <ul className="divide-y divide-line">
          {proxies.map((proxy) => (
            <ProxyRow
              key={proxy.proxyId}
              proxy={proxy}
              nowMs={now}
              checkUrl={checkUrl}
              onOpen={() => onOpen(proxy)}
            />
          ))}
        </ul>
      </Card>
      <ShowMore list={list} className="mt-3" />
    </>
  );
}
