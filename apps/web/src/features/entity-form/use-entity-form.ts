import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { type AppError, toAppError } from '../../lib/app-error.ts';

interface EntityFormOptions<Draft> {
  /** Creates it, or changes it at the version that was opened. */
  save: (draft: Draft) => Promise<{ readonly name: string }>;
  /** Deletes it; null where it is new, or may not go. */
  remove: (() => Promise<unknown>) | null;
  /** Shows what was refused at its field; gives the error back where no field is at fault. */
  showAtField: (error: unknown) => AppError | null;
  /** All that shows it is fetched again. */
  queryKey: QueryKey;
  onDone: () => void;
}

/** Saves and deletes what a form in a drawer holds, says that it is done, and keeps why it is not. */
export function useEntityForm<Draft>(options: EntityFormOptions<Draft>) {
  const { save, remove, showAtField, queryKey, onDone } = options;
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<AppError | null>(null);
  const refetch = (): Promise<void> => queryClient.invalidateQueries({ queryKey });
  const refused = (error: unknown): void => setProblem(showAtField(error));
  const saving = useMutation({
    mutationFn: save,
    onMutate: () => setProblem(null),
    onSuccess: ({ name }) => {
      toast.success(`Saved: ${name}`);
      onDone();
    },
    onError: refused,
    onSettled: refetch,
  });
  const deleting = useMutation({
    mutationFn: async (_name: string) => remove?.(),
    onSuccess: (_deleted, name) => {
      toast.success(`Deleted: ${name}`);
      onDone();
      return refetch();
    },
    onError: (error) => setProblem(toAppError(error)),
  });
  return {
    problem,
    /** Takes what another call about the same form was refused for. */
    refused,
    save: saving.mutate,
    isSaving: saving.isPending,
    /** Null where it cannot be deleted. */
    remove: remove === null ? null : deleting.mutate,
    isDeleting: deleting.isPending,
  };
}

export type EntityFormState = Omit<ReturnType<typeof useEntityForm<never>>, 'save' | 'refused'>;
