import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf, formatCount } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { Loaded } from '../shell/loaded.tsx';
import { LiveBadge } from './live-state.tsx';
import { LIVE_REFRESH_MS, type PoolSummary, statesSentence } from './proxy-words.ts';

function Members({ poolId }: { poolId: string }) {
  const pool = useQuery(
    trpc.proxyPools.get.queryOptions({ id: poolId }, { refetchInterval: LIVE_REFRESH_MS }),
  );
  return (
    <Loaded query={pool} what="pool" skeleton={null}>
      {({ members }) => (
        <ul className="mt-1 space-y-1" aria-label="Proxies as the workers find them">
          {members.map((member) => (
            <li key={member.proxyId} className="flex flex-wrap items-center gap-x-2">
              <span className="min-w-0 truncate font-medium">{member.name}</span>
              {member.state === null ? (
                <span className="text-ink-faint">not used now</span>
              ) : (
                <>
                  <LiveBadge state={member.state} />
                  <span className="text-ink-faint">
                    {countOf(member.requests, 'request')}, {formatCount(member.failures)} failed ·{' '}
                    {formatCount(member.connections)} open · {countOf(member.workers, 'worker')}
                  </span>
                  {member.state === 'healthy' || member.problem === null ? null : (
                    <span className="basis-full break-words text-bad-ink">{member.problem}</span>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

/** How the workers find the proxies of a pool; each of them once a person wants to see it. */
export function PoolStates({ pool }: { pool: PoolSummary }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="relative z-10 mt-1 w-fit max-w-full text-xs text-ink-soft"
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{statesSentence(pool.states)}</summary>
      {isOpen ? <Members poolId={pool.proxyPoolId} /> : null}
    </details>
  );
}
