import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { CampaignView } from '../../lib/contract.ts';
import { api, trpc } from '../../lib/trpc.ts';

/** What a person can do to a campaign. */
export type CampaignCommand =
  | { readonly verb: 'start' | 'pause' | 'resume' | 'cancel' }
  | { readonly verb: 'retry'; readonly scope: 'failed' | 'ambiguous' | 'both' };

const DONE: Readonly<Record<CampaignCommand['verb'], string>> = {
  start: 'Started',
  pause: 'Paused',
  resume: 'Resumed',
  cancel: 'Cancelled',
  retry: 'Retrying',
};

/**
 * Starting and retrying depend on what the person sees, so they carry its version. Pausing, resuming and cancelling are
 * meant whatever phase the campaign has come to in the meantime: the state machine refuses what does not fit.
 */
function send(id: string, version: number, command: CampaignCommand): Promise<CampaignView> {
  switch (command.verb) {
    case 'start':
      return api.campaigns.start.mutate({ id, version });
    case 'pause':
      return api.campaigns.pause.mutate({ id });
    case 'resume':
      return api.campaigns.resume.mutate({ id });
    case 'cancel':
      return api.campaigns.cancel.mutate({ id });
    case 'retry':
      return api.campaigns.retry.mutate({ id, version, scope: command.scope });
  }
}

interface Target {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly version: number;
}

/** Sends commands; where one was based on a stale version, says so and shows the present state. */
export function useCampaignCommand() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ target, command }: { target: Target; command: CampaignCommand }) =>
      send(target.campaignId, target.version, command),
    onSuccess: (view, { command }) => {
      queryClient.setQueryData(trpc.campaigns.get.queryKey({ id: view.campaignId }), view);
      toast.success(`${DONE[command.verb]}: ${view.campaignName}`);
    },
    onError: (error, { target }) => {
      const { code, message } = toAppError(error);
      toast.error(
        message,
        code === 'STALE_VERSION' ? { description: 'The page now shows its present state.' } : {},
      );
      void queryClient.invalidateQueries({
        queryKey: trpc.campaigns.get.queryKey({ id: target.campaignId }),
      });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.campaigns.list.pathKey() }),
  });
}
