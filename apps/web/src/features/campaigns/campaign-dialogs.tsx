import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';

interface Named {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly initialNumberOfDomains: number;
}

interface CancelDialogProps {
  campaign: Named;
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

export function CancelDialog({ campaign, open, onClose, onConfirm }: CancelDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Cancel ${campaign.campaignName}?`}
      confirmLabel="Cancel campaign"
      onConfirm={onConfirm}
    >
      Work stops within two seconds and cannot be resumed. Results that are there already are kept.
    </ConfirmDialog>
  );
}

interface DeleteDialogProps {
  campaign: Named;
  open: boolean;
  onClose: () => void;
  onDeleted?: () => void;
}

export function DeleteDialog({ campaign, open, onClose, onDeleted }: DeleteDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.campaigns.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(`Deleted: ${campaign.campaignName}`);
        onDeleted?.();
        await queryClient.invalidateQueries({ queryKey: trpc.campaigns.list.pathKey() });
      },
      onError: (error) => toast.error(toAppError(error).message),
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Delete ${campaign.campaignName}?`}
      confirmLabel="Delete campaign"
      onConfirm={() => remove.mutate({ id: campaign.campaignId })}
    >
      The campaign goes with its {countOf(campaign.initialNumberOfDomains, 'domain')}, their results and its
      leads. This cannot be undone.
    </ConfirmDialog>
  );
}
