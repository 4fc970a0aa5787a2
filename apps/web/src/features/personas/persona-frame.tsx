import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { type AppError, toAppError } from '../../lib/app-error.ts';
import type { PersonaView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface PersonaFrameProps {
  persona: PersonaView | null;
  problem: AppError | null;
  isBusy: boolean;
  onSubmit: (event: FormEvent) => void;
  onDone: () => void;
  children: ReactNode;
}

/** What both kinds of persona have around their fields. */
export function PersonaFrame({ persona, problem, isBusy, onSubmit, onDone, children }: PersonaFrameProps) {
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.personas.delete.mutationOptions({
      onSuccess: () => {
        toast.success(`Deleted: ${persona?.name ?? ''}`);
        onDone();
        return queryClient.invalidateQueries({ queryKey: trpc.personas.pathKey() });
      },
      onError: (error) => toast.error(toAppError(error).message),
    }),
  );
  return (
    <form noValidate className="space-y-4" onSubmit={onSubmit}>
      {problem === null ? null : <ErrorNotice error={problem} />}
      {children}
      <div className="flex flex-wrap justify-between gap-2 border-t border-line pt-4">
        {persona === null || persona.isDefault ? (
          <span />
        ) : (
          <Button look="danger" busy={remove.isPending} onClick={() => setAsking(true)}>
            Delete
          </Button>
        )}
        <div className="flex gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" look="primary" busy={isBusy}>
            {persona === null ? 'Create' : 'Save'}
          </Button>
        </div>
      </div>
      {persona === null ? null : (
        <ConfirmDialog
          open={isAsking}
          onOpenChange={setAsking}
          title={`Delete ${persona.name}?`}
          confirmLabel="Delete persona"
          onConfirm={() => remove.mutate({ id: persona.personaId, version: persona.version })}
        >
          Campaigns under way go on with it. Drafts that name it have to be configured again.
        </ConfirmDialog>
      )}
    </form>
  );
}
