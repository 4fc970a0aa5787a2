import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignView, UploadView } from '../../lib/contract.ts';
import { uploadNames } from '../../lib/rest-calls.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { createInputOf, type PhaseConfigs, type WizardValues } from './wizard-values.ts';

interface Request {
  readonly values: WizardValues;
  readonly configs: PhaseConfigs;
  readonly file: File | null;
  readonly isStarted: boolean;
}

export interface Created {
  readonly campaign: CampaignView;
  /** What became of the file, where names were uploaded. */
  readonly upload: UploadView | null;
  readonly isStarted: boolean;
}

/**
 * Creates the campaign, sends its file, and starts it where asked. A draft whose file was refused is kept: the next try
 * sends another file to the same draft.
 */
export function useCreateCampaign() {
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<CampaignView | null>(null);
  const mutation = useMutation({
    mutationFn: async ({ values, configs, file, isStarted }: Request): Promise<Created> => {
      const campaign = draft ?? (await api.campaigns.create.mutate(createInputOf(values, configs)));
      if (values.source === 'upload') {
        setDraft(campaign);
        if (file === null) throw new Error('There is no file to upload.');
        const upload = await uploadNames(campaign.campaignId, file);
        // A list with refused lines is looked at before it runs.
        if (!isStarted || upload.rejected > 0 || upload.accepted === 0)
          return { campaign, upload, isStarted: false };
        await api.campaigns.start.mutate({ id: campaign.campaignId });
        return { campaign, upload, isStarted: true };
      }
      if (isStarted) await api.campaigns.start.mutate({ id: campaign.campaignId, version: campaign.version });
      return { campaign, upload: null, isStarted };
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.campaigns.list.pathKey() }),
  });
  return { ...mutation, draft };
}
