import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useReportDirty } from './form-drawer.tsx';
import type { EntityFormState } from './use-entity-form.ts';

interface EntityFormProps {
  /** Null while it is new. */
  name: string | null;
  what: 'persona' | 'proxy' | 'pool';
  state: EntityFormState;
  /** Whether something in it is not saved. */
  isDirty: boolean;
  deleteWarning: string;
  onSubmit: (event: FormEvent) => void;
  onDone: () => void;
  children: ReactNode;
}

/** What forms in drawers have around their fields: what was refused, and buttons to save, to leave and to delete. */
export function EntityForm({
  name,
  what,
  state,
  isDirty,
  deleteWarning,
  onSubmit,
  onDone,
  children,
}: EntityFormProps) {
  const { problem, isSaving, remove, isDeleting } = state;
  const [isAsking, setAsking] = useState(false);
  useReportDirty(isDirty);
  const isOld = name !== null && remove !== null;
  return (
    <form noValidate className="space-y-4" onSubmit={onSubmit} autoComplete="off">
      {problem === null ? null : <ErrorNotice error={problem} />}
      {children}
      <div className="flex flex-wrap justify-between gap-2 border-t border-line pt-4">
        {isOld ? (
          <Button look="danger" busy={isDeleting} onClick={() => setAsking(true)}>
            Delete
          </Button>
        ) : (
          <span />
        )}
        <div className="flex gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" look="primary" busy={isSaving}>
            {name === null ? 'Create' : 'Save'}
          </Button>
        </div>
      </div>
      {isOld ? (
        <ConfirmDialog
          open={isAsking}
          onClose={() => setAsking(false)}
          title={`Delete ${name}?`}
          confirmLabel={`Delete ${what}`}
          onConfirm={() => remove(name)}
        >
          {deleteWarning}
        </ConfirmDialog>
      ) : null}
    </form>
  );
}
