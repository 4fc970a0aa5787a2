import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Check, CircleSlash, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { countOf, formatAgo, formatCount, formatRate } from '../../lib/format.ts';
import { msOrDash } from '../../lib/format-ms.ts';
import { WorkersTable } from '../workers/workers-table.tsx';
import {
  canarySentence,
  type ResolverHealth,
  type ResolverState,
  STATE_HINTS,
  STATE_LABELS,
  STATE_TONES,
  successOf,
} from './resolver-words.ts';

const ICONS = { healthy: Check, probing: RotateCw, ejected: CircleSlash, lying: TriangleAlert } as const;
const TRANSPORTS = { udp: 'UDP', tcp: 'TCP', doh: 'DoH' } as const;

function StateBadge({ state }: { state: ResolverState }) {
  const Icon = ICONS[state];
  return (
    <Badge
      tone={STATE_TONES[state]}
      icon={<Icon aria-hidden className="size-3 shrink-0" />}
      title={STATE_HINTS[state]}
    >
      {STATE_LABELS[state]}
    </Badge>
  );
}

function Figure({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{term}</dt>
      <dd className="text-sm font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}

const WORKER_COLUMNS: readonly (readonly [string, (worker: ResolverHealth['workers'][number]) => string])[] =
  [
    ['State', ({ state, problem }) => `${STATE_LABELS[state]}${problem === null ? '' : `: ${problem}`}`],
    ['Success', successOf],
    ['p50', ({ p50Ms }) => msOrDash(p50Ms)],
    ['p95', ({ p95Ms }) => msOrDash(p95Ms)],
    ['Timeouts', ({ timeouts }) => formatCount(timeouts)],
    ['Lost', ({ lost }) => formatCount(lost)],
    ['Speed', ({ queriesPerSecond }) => formatRate(queriesPerSecond)],
  ];

/** One resolver as the workers find it: state, figures, canaries, and each worker's own view. */
export function ResolverCard({ resolver, nowMs }: { resolver: ResolverHealth; nowMs: number }) {
  const { state, problem, rcodes } = resolver;
  const answers = Object.entries(rcodes)
    .toSorted(([, one], [, other]) => other - one)
    .map(([rcode, count]) => `${rcode} ${formatCount(count)}`);
  return (
    <Card aria-label={resolver.resolver} data-resolver-state={state} className="p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 font-mono text-sm font-semibold break-all">{resolver.resolver}</h2>
        <StateBadge state={state} />
        <span className="text-xs text-ink-faint">
          {TRANSPORTS[resolver.transport]} · since {formatAgo(resolver.since, nowMs)}
          {resolver.ejections === 0 ? '' : ` · put aside ${countOf(resolver.ejections, 'time')}`}
        </span>
      </div>
      {state === 'healthy' && problem === null ? null : (
        <p className="mt-1 text-sm text-ink-soft">
          {STATE_HINTS[state]}
          {problem === null ? '' : ` ${problem}.`}
        </p>
      )}
      <dl className="mt-3 grid grid-cols-3 gap-x-4 gap-y-2 sm:grid-cols-6">
        <Figure term="Success">{successOf(resolver)}</Figure>
        <Figure term="p50">{msOrDash(resolver.p50Ms)}</Figure>
        <Figure term="p95">{msOrDash(resolver.p95Ms)}</Figure>
        <Figure term="Timeouts">{formatCount(resolver.timeouts)}</Figure>
        <Figure term="Queries">{formatCount(resolver.queries)}</Figure>
        <Figure term="Speed">{formatRate(resolver.queriesPerSecond)}</Figure>
      </dl>
      <p className="mt-2 text-sm text-ink-soft">
        <span className="text-ink-faint">Accuracy: </span>
        {canarySentence(resolver.canaries)}
      </p>
      {answers.length === 0 ? null : <p className="text-xs text-ink-faint">Answers: {answers.join(' · ')}</p>}
      <div className="mt-3">
        <WorkersTable
          name={resolver.resolver}
          workers={resolver.workers}
          columns={WORKER_COLUMNS}
          nowMs={nowMs}
        />
      </div>
    </Card>
  );
}
