import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { LeadJob } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';

/** The latest work of its kind over stored leads, followed by its events; what it has changed is read again at its end. */
export function useLatestLeadJob(kind: LeadJob['kind']) {
  const queryClient = useQueryClient();
  const jobs = useQuery(trpc.leadJobs.list.queryOptions({ limit: 20 }));
  const job = jobs.data?.items.find((each) => each.kind === kind);
  const status = job?.status;
  const id = job?.leadJobId;
  const isKnown = jobs.data !== undefined;
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (!isKnown) return;
    const before = seen.current;
    seen.current = `${id} ${status}`;
    // What had ended when the page was opened changes nothing now.
    if (before === null || before === seen.current) return;
    if (status !== 'completed' && status !== 'cancelled') return;
    void queryClient.invalidateQueries({ queryKey: trpc.leads.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.scoreProfiles.preview.queryKey() });
  }, [isKnown, id, status, queryClient]);
  return { job, refetch: () => void jobs.refetch() };
}
