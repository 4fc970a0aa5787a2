import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Check, CircleSlash, RotateCw } from 'lucide-react';
import { formatAgo, formatCount, formatRate } from '../../lib/format.ts';
import { formatMs } from '../../lib/format-ms.ts';
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

const msOrDash = (ms: number | null): string => (ms === null ? '–' : formatMs(ms));
const COLUMNS = [
  'Worker',
  'State',
  'Open',
  'Requests',
  'Failed',
  'Left out',
  'p50',
  'p95',
  'Speed',
  'Reported',
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
      <details className="mt-1">
        <summary className="text-ink-faint">
          {live.workers.length === 1 ? 'One worker' : `${live.workers.length} workers`}
        </summary>
        <div className="mt-1 overflow-x-auto">
          <table className="w-full whitespace-nowrap">
            <caption className="sr-only">How each worker finds {name}</caption>
            <thead>
              <tr className="text-left text-ink-faint">
                {COLUMNS.map((title) => (
                  <th key={title} className="py-1 pr-4 font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {live.workers.map((worker) => (
                <tr key={worker.workerId} className="border-t border-line/70">
                  <td className="py-1 pr-4">
                    {worker.host ?? 'unknown host'}
                    <span className="text-ink-faint"> {worker.workerId.slice(0, 8)}</span>
                  </td>
                  <td className="py-1 pr-4">{STATE_LABELS[worker.state]}</td>
                  <td className="py-1 pr-4">{formatCount(worker.connections)}</td>
                  <td className="py-1 pr-4">{formatCount(worker.requests)}</td>
                  <td className="py-1 pr-4">{formatCount(worker.failures)}</td>
                  <td className="py-1 pr-4">{formatCount(worker.ejections)}</td>
                  <td className="py-1 pr-4">{msOrDash(worker.p50Ms)}</td>
                  <td className="py-1 pr-4">{msOrDash(worker.p95Ms)}</td>
                  <td className="py-1 pr-4">{formatRate(worker.requestsPerSecond)}</td>
                  <td className="py-1 text-ink-faint">{formatAgo(worker.reportedAt, nowMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
