import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { CampaignView } from '../../lib/contract.ts';
import { formatAgo } from '../../lib/format.ts';
import { uploadNames } from '../../lib/rest-calls.ts';
import { trpc } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { UploadSource } from '../uploads/upload-source.tsx';
import { UploadSummary } from '../uploads/upload-summary.tsx';

/** The lists that a campaign was given, and while it is a draft the place to give it another. */
export function DraftUpload({ campaign }: { campaign: CampaignView }) {
  const now = useNow(30_000);
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const upload = useMutation({
    mutationFn: (chosen: File) => uploadNames(campaign.campaignId, chosen),
    onSuccess: () => setFile(null),
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: trpc.campaigns.get.queryKey({ id: campaign.campaignId }) }),
  });
  const isDraft = campaign.status === 'pending';
  const latest = campaign.uploadHistory.at(-1);
  if (!isDraft && latest === undefined) return null;
  return (
    <Card aria-label="Uploaded list" className="p-4">
      <details open={isDraft}>
        <summary className="text-sm font-semibold">
          Uploaded list
          {latest === undefined ? null : (
            <span className="ml-2 font-normal text-ink-faint">
              {latest.filename}, {formatAgo(latest.uploadedAt, now)}
            </span>
          )}
        </summary>
        <div className="mt-3 max-w-3xl space-y-4">
          {latest === undefined ? null : <UploadSummary upload={latest} />}
          {isDraft ? (
            <form
              className="space-y-3"
              onSubmit={(event) => {
                event.preventDefault();
                if (file !== null) upload.mutate(file);
              }}
            >
              <UploadSource file={file} onChange={setFile} error={null} />
              {upload.error === null ? null : (
                <ErrorNotice error={upload.error} title="The list could not be taken" />
              )}
              <Button
                type="submit"
                look={latest === undefined ? 'primary' : 'secondary'}
                icon={<Upload aria-hidden className="size-4" />}
                disabled={file === null}
                busy={upload.isPending}
              >
                Upload
              </Button>
            </form>
          ) : null}
        </div>
      </details>
    </Card>
  );
}
