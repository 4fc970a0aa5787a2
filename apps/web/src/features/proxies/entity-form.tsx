import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AppError } from '../../lib/app-error.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface EntityFormProps {
  /** Null while it is new. */
  name: string | null;
  what: 'proxy' | 'pool';
  problem: AppError | null;
  isSaving: boolean;
  isDeleting: boolean;
  deleteWarning: string;
  onSubmit: (event: FormEvent) => void;
  onDelete: () => void;
  onDone: () => void;
  children: ReactNode;
}

/** What the forms of proxies and pools have around their fields. */
export function EntityForm(props: EntityFormProps) {
  const { name, what, problem, isSaving, isDeleting, deleteWarning, onSubmit, onDelete, onDone } = props;
  const [isAsking, setAsking] = useState(false);
  return (
    <form noValidate className="space-y-4" onSubmit={onSubmit} autoComplete="off">
      {problem === null ? null : <ErrorNotice error={problem} />}
      {props.children}
      <div className="flex flex-wrap justify-between gap-2 border-t border-line pt-4">
        {name === null ? (
          <span />
        ) : (
          <Button look="danger" busy={isDeleting} onClick={() => setAsking(true)}>
            Delete
          </Button>
        )}
        <div className="flex gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" look="primary" busy={isSaving}>
            {name === null ? 'Create' : 'Save'}
          </Button>
        </div>
      </div>
      {name === null ? null : (
        <ConfirmDialog
          open={isAsking}
          onClose={() => setAsking(false)}
          title={`Delete ${name}?`}
          confirmLabel={`Delete ${what}`}
          onConfirm={onDelete}
        >
          {deleteWarning}
        </ConfirmDialog>
      )}
    </form>
  );
}
