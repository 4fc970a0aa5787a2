import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button, buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import type { CampaignView, UploadView } from '../../lib/contract.ts';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { UploadSummary } from '../uploads/upload-summary.tsx';

/** Shown after an upload that was not started at once: what was taken, and the next step. */
export function UploadResult({ campaign, upload }: { campaign: CampaignView; upload: UploadView }) {
  const navigate = useNavigate();
  const { campaignId } = campaign;
  const start = useMutation(
    trpc.campaigns.start.mutationOptions({
      onSuccess: () => navigate({ to: '/campaigns/$campaignId', params: { campaignId }, search: {} }),
    }),
  );
  return (
    <>
      <PageHeader
        title={campaign.campaignName}
        description="The list has been read. The campaign is a draft."
      />
      <Card className="max-w-3xl p-5">
        <UploadSummary upload={upload} />
        {start.error === null ? null : <ErrorNotice className="mt-4" error={start.error} />}
        <div className="mt-5 flex flex-wrap gap-2">
          <Button
            look="primary"
            icon={<Play aria-hidden className="size-4" />}
            busy={start.isPending}
            disabled={upload.accepted === 0}
            onClick={() => start.mutate({ id: campaignId })}
          >
            Start with {countOf(upload.accepted, 'name')}
          </Button>
          <Link to="/campaigns/$campaignId" params={{ campaignId }} search={{}} className={buttonClass()}>
            Open the draft
          </Link>
        </div>
      </Card>
    </>
  );
}
