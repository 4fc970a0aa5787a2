import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../lib/trpc.ts';
import { LeadJobProgress } from '../leads/lead-job-progress.tsx';
import { useLatestLeadJob } from '../leads/use-lead-job.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface ApplyProfileProps {
  scoreProfileId: string;
  /** What is not saved is not applied. */
  isDirty: boolean;
  campaignId: string | undefined;
}

/** Scores stored leads again with the saved profile; nothing is fetched for it. */
export function ApplyProfile({ scoreProfileId, isDirty, campaignId }: ApplyProfileProps) {
  const { job, refetch } = useLatestLeadJob('rescore');
  const apply = useMutation({
    mutationFn: (id: string | null) =>
      id === null
        ? api.leads.rescore.mutate({ scoreProfileId })
        : api.campaigns.rescore.mutate({ id, scoreProfileId }),
    onSettled: refetch,
  });
  const isBusy = job?.status === 'running' || job?.status === 'paused';
  return (
    <Card aria-label="Apply" className="space-y-3 p-4">
      <div>
        <h2 className="text-sm font-semibold">Apply</h2>
        <p className="text-xs text-ink-faint">
          {isDirty
            ? 'Save first: leads are scored with what is saved.'
            : 'Scores stored leads again. Nothing is fetched; former scores are kept in the history of each lead.'}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={isDirty || isBusy || campaignId === undefined}
          busy={apply.isPending}
          onClick={() => apply.mutate(campaignId ?? null)}
        >
          To the campaign above
        </Button>
        <Button disabled={isDirty || isBusy} busy={apply.isPending} onClick={() => apply.mutate(null)}>
          To all my campaigns
        </Button>
      </div>
      {apply.error === null ? null : <ErrorNotice error={apply.error} title="It could not be started" />}
      {job === undefined || job.scoreProfileId !== scoreProfileId ? null : (
        <div className="text-sm text-ink-soft">
          <LeadJobProgress job={job} onChanged={refetch} />
        </div>
      )}
    </Card>
  );
}
