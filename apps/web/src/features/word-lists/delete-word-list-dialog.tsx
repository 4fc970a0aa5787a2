import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { WordListView } from '../../lib/contract.ts';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface DeleteWordListDialogProps {
  list: WordListView;
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks, and stays open where the list is still needed: then it says by what. */
export function DeleteWordListDialog({ list, open, onClose, onDeleted }: DeleteWordListDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.wordLists.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(`Deleted: ${list.name}`);
        onDeleted();
        await queryClient.invalidateQueries({ queryKey: trpc.wordLists.list.pathKey() });
      },
    }),
  );
  const isNeeded = remove.error !== null && toAppError(remove.error).code === 'CONFLICT';
  return (
    <Dialog
      open={open}
      onClose={() => {
        remove.reset();
        onClose();
      }}
      title={`Delete ${list.name}?`}
    >
      <div className="space-y-4">
        <p className="text-sm text-ink-soft">
          The list goes with its {countOf(list.wordCount, 'word')}. Names that campaigns made of it stay;
          campaigns that go on with the same pattern need the list again. This cannot be undone.
        </p>
        {isNeeded ? (
          <Notice tone="warn" title="The list is still needed">
            {toAppError(remove.error).message}{' '}
            <Link to="/campaigns" search={{}} className="font-medium underline">
              Campaigns
            </Link>
          </Notice>
        ) : remove.error === null ? null : (
          <ErrorNotice error={remove.error} title="The list could not be deleted" />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ id: list.wordListId, version: list.version })}
          >
            Delete word list
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
