import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { UserView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import type { HandOver } from './hand-over-dialog.tsx';

interface ResetPasswordDialogProps {
  user: UserView;
  open: boolean;
  onClose: () => void;
  onHandOver: (handOver: HandOver) => void;
}

export function ResetPasswordDialog({ user, open, onClose, onHandOver }: ResetPasswordDialogProps) {
  const queryClient = useQueryClient();
  const reset = useMutation(
    trpc.users.resetPassword.mutationOptions({
      onSuccess: (handOver) => {
        onHandOver(handOver);
        return queryClient.invalidateQueries({ queryKey: trpc.users.list.pathKey() });
      },
      onError: (error) => toast.error(toAppError(error).message),
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Reset the password of ${user.username}?`}
      confirmLabel="Reset password"
      onConfirm={() => reset.mutate({ id: user.userId })}
    >
      Their sessions end at once, and a new one-time password is shown to you.
    </ConfirmDialog>
  );
}
