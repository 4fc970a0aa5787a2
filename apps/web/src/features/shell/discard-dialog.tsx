import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';

interface DiscardDialogProps {
  open: boolean;
  onStay: () => void;
  onDiscard: () => void;
}

/** Asks before changes that are not saved are lost. */
export function DiscardDialog({ open, onStay, onDiscard }: DiscardDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onClose={onStay}
      title="Leave without saving?"
      confirmLabel="Discard changes"
      cancelLabel="Stay"
      onConfirm={onDiscard}
    >
      What you have changed here is not saved yet.
    </ConfirmDialog>
  );
}
