import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Progress } from '@domainflow/ui/primitives/progress.tsx';
import { useMutation } from '@tanstack/react-query';
import type { LeadJob } from '../../lib/contract.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { api } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

const DONE: Readonly<Record<LeadJob['kind'], (job: LeadJob) => string>> = {
  rescore: ({ done, changed }) =>
    `${countOf(done, 'lead')} scored again, ${countOf(changed, 'score')} changed`,
  group: ({ done, changed }) =>
    `${countOf(done, 'lead')} compared, ${changed === 0 ? 'none' : formatCount(changed)} in another group than before`,
};

interface LeadJobProgressProps {
  job: LeadJob;
  onChanged: () => void;
}

/** How far work over stored leads has come; it can wait, go on and be ended. */
export function LeadJobProgress({ job, onChanged }: LeadJobProgressProps) {
  const command = useMutation({
    mutationFn: (verb: 'pause' | 'resume' | 'cancel') => api.leadJobs[verb].mutate({ id: job.leadJobId }),
    onSettled: onChanged,
  });
  const what = job.kind === 'rescore' ? 'Scoring again' : 'Finding near-duplicates';
  if (job.status === 'completed') return <p role="status">{DONE[job.kind](job)}.</p>;
  if (job.status === 'cancelled')
    return (
      <p role="status">
        {what} was cancelled after {formatCount(job.done)} of {formatCount(job.total)} leads; these keep their
        new {job.kind === 'rescore' ? 'scores' : 'groups'}.
      </p>
    );
  if (job.status === 'failed')
    return <p role="alert">{`${what} failed${job.error === null ? '' : `: ${job.error}`}.`}</p>;
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span role="status">
          {job.status === 'paused' ? `${what} is paused` : what}
          {job.total === 0 ? '' : `: ${formatCount(job.done)} of ${formatCount(job.total)}`}
        </span>
        <span className="flex gap-2">
          <Button
            size="sm"
            busy={command.isPending}
            onClick={() => command.mutate(job.status === 'paused' ? 'resume' : 'pause')}
          >
            {job.status === 'paused' ? 'Go on' : 'Pause'}
          </Button>
          <Button size="sm" look="danger" busy={command.isPending} onClick={() => command.mutate('cancel')}>
            Cancel
          </Button>
        </span>
      </div>
      <Progress label={what} percent={job.total === 0 ? 0 : (job.done / job.total) * 100} />
      {command.error === null ? null : <ErrorNotice error={command.error} />}
    </div>
  );
}
