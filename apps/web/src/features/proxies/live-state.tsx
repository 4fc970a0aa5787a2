import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Check, CircleSlash, RotateCw } from 'lucide-react';
import { formatAgo, formatCount, formatRate } from '../../lib/format.ts';
import { formatMs, msOrDash } from '../../lib/format-ms.ts';
import { WorkersTable } from '../workers/workers-table.tsx';
import { type LiveState, requestsSentence, STATE_LABELS, STATE_TONES } from './proxy-words.ts';

const ICONS = { healthy: Check, probing: RotateCw, ejected: CircleSlash } as const;

/** How the workers find a proxy. */
export function LiveBadge({ state }: { state: LiveState['state'] }) {
  const Icon = ICONS[state];
  return (
    <Badge tone={STATE_TONES[state]} icon={<Icon aria-hidden className="size-3 shrink-0" />}>
      {STATE_LABELS[state]}
    </Badge>
  );
}

const COLUMNS: readonly (readonly [string, (worker: LiveState['workers'][number]) => string])[] = [
  ['State', ({ state }) => STATE_LABELS[state]],
  ['Open', ({ connections }) => formatCount(connections)],
  ['Requests', ({ requests }) => formatCount(requests)],
  ['Failed', ({ failures }) => formatCount(failures)],
  ['Left out', ({ ejections }) => formatCount(ejections)],
  ['p50', ({ p50Ms }) => msOrDash(p50Ms)],
  ['p95', ({ p95Ms }) => msOrDash(p95Ms)],
  ['Speed', ({ requestsPerSecond }) => formatRate(requestsPerSecond)],
];

/** What the workers that use a proxy have found of it, together and each. */
export function LiveDetails({ name, live, nowMs }: { name: string; live: LiveState; nowMs: number }) {
  const isAside = live.state !== 'healthy';
  return (
    <div className="relative z-10 mt-1 text-xs text-ink-soft">
      <p className="break-words">
        {requestsSentence(live)} · {formatCount(live.connections)} open
        {live.p50Ms === null ? '' : ` · connects in ${formatMs(live.p50Ms)}`}
        <span className="text-ink-faint">
          {' '}
          · {isAside ? `so since ${formatAgo(live.since, nowMs)}` : `used ${formatAgo(live.usedAt, nowMs)}`}
        </span>
      </p>
      {live.problem === null ? null : (
        <p className={isAside ? 'break-words text-bad-ink' : 'break-words text-ink-faint'}>
          {isAside ? live.problem : `Last failure: ${live.problem}`}
        </p>
      )}
      <div className="mt-1">
        <WorkersTable name={name} workers={live.workers} columns={COLUMNS} nowMs={nowMs} />
      </div>
    </div>
  );
}
