import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { WordListView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FormButtons } from '../shell/form-buttons.tsx';
import { nameFault } from './name-fault.ts';

/** Changes what a list is called; its words never change. */
export function RenameWordList({ list, onDone }: { list: WordListView; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(list.name);
  const [description, setDescription] = useState(list.description);
  const refetch = () => queryClient.invalidateQueries({ queryKey: trpc.wordLists.pathKey() });
  const update = useMutation(
    trpc.wordLists.update.mutationOptions({
      onSuccess: async () => {
        await refetch();
        toast.success('Saved.');
        onDone();
      },
    }),
  );
  const problem = update.error === null ? null : toAppError(update.error);
  const nameProblem = nameFault(problem);
  return (
    <form
      noValidate
      className="space-y-3 rounded-lg p-3 ring-1 ring-line ring-inset"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ id: list.wordListId, version: list.version, name, description });
      }}
    >
      <Field label="Name of the list" error={nameProblem}>
        {(field) => (
          <Input
            {...field}
            value={name}
            autoComplete="off"
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Description"
        aside="optional"
        error={problem?.field === 'description' ? problem.message : null}
      >
        {(field) => (
          <Textarea
            {...field}
            rows={2}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {problem === null || nameProblem !== null || problem.field === 'description' ? null : (
        <ErrorNotice
          error={update.error}
          title="The list could not be renamed"
          {...(problem.code === 'STALE_VERSION'
            ? { onRetry: () => void refetch(), retryLabel: 'Reload' }
            : {})}
        />
      )}
      <FormButtons
        size="sm"
        onCancel={onDone}
        submit="Save"
        isDisabled={name.trim() === ''}
        isBusy={update.isPending}
      />
    </form>
  );
}
