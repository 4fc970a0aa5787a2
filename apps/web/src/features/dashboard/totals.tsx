import { Stat } from '@domainflow/ui/blocks/stat.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';

/** How many campaigns there are in each state that matters here. */
const PLACES = [
  { label: 'Campaigns', filter: {} },
  { label: 'Running', filter: { status: 'active' } },
  { label: 'Paused', filter: { status: 'paused' } },
  { label: 'Completed', filter: { status: 'completed' } },
  { label: 'Failed', filter: { status: 'failed' } },
] as const;

function Total({ label, filter }: (typeof PLACES)[number]) {
  const total = useQuery(trpc.campaigns.list.queryOptions({ limit: 1, ...filter }));
  return <Stat label={label} value={total.data === undefined ? '–' : formatCount(total.data.total)} />;
}

/** Absent while there is nothing to count. */
export function Totals() {
  const leads = useQuery(trpc.leads.list.queryOptions({ limit: 1 }));
  const all = useQuery(trpc.campaigns.list.queryOptions({ limit: 1 }));
  if (all.data?.total === 0) return null;
  return (
    <Card aria-label="Totals" className="p-4">
      <dl className="grid grid-cols-3 gap-4 sm:grid-cols-6">
        {PLACES.map((place) => (
          <Total key={place.label} {...place} />
        ))}
        <Stat label="Leads" value={leads.data === undefined ? '–' : formatCount(leads.data.total)} />
      </dl>
    </Card>
  );
}
