import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { type AppError, toAppError } from '../../lib/app-error.ts';
import type { KeywordSetView } from '../../lib/contract.ts';
import { zodResolver } from '../../lib/form.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { BackLink } from '../shell/back-link.tsx';
import { SaveProblem } from '../shell/save-problem.tsx';
import { UnsavedGuard } from '../shell/unsaved-guard.tsx';
import { type KeywordSetInput, type KeywordSetOutput, keywordSetSchema } from './keyword-set-schema.ts';
import { NEW_RULE } from './new-rule.ts';
import { RulesTable } from './rules-table.tsx';
import { TryKeywords } from './try-keywords.tsx';

/** `rules.3.pattern` of the API is a field of the form by the same name. */
const isFormField = (
  field: string,
): field is 'name' | 'description' | `rules.${number}.${'pattern' | 'weight' | 'category' | 'where'}` =>
  /^(name|description|rules\.\d+\.(pattern|weight|category|where))$/.test(field);

/** Name, description and rules of a set; null makes a new one. */
export function KeywordSetEditor({ set }: { set: KeywordSetView | null }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<AppError | null>(null);
  const [isAsking, setAsking] = useState(false);
  const form = useForm<KeywordSetInput, unknown, KeywordSetOutput>({
    resolver: zodResolver(keywordSetSchema),
    defaultValues: {
      name: set?.name ?? '',
      description: set?.description ?? '',
      rules: set?.rules ?? [NEW_RULE],
    },
  });
  const forget = (): Promise<void> => queryClient.invalidateQueries({ queryKey: trpc.keywordSets.pathKey() });
  const save = useMutation({
    mutationFn: (values: KeywordSetOutput) =>
      set === null
        ? api.keywordSets.create.mutate(values)
        : api.keywordSets.update.mutate({ id: set.keywordSetId, version: set.version, ...values }),
    onSuccess: async (saved) => {
      toast.success(`Saved: ${saved.name}`);
      queryClient.setQueryData(trpc.keywordSets.get.queryKey({ id: saved.keywordSetId }), saved);
      await forget();
      if (set === null) {
        await navigate({
          to: '/keyword-sets/$keywordSetId',
          params: { keywordSetId: saved.keywordSetId },
          ignoreBlocker: true,
        });
      }
    },
    onError: (error) => {
      const found = toAppError(error);
      if (found.field !== null && isFormField(found.field)) {
        form.setError(found.field, { message: found.message }, { shouldFocus: true });
      } else {
        setProblem(found);
      }
    },
  });
  const remove = useMutation(
    trpc.keywordSets.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(`Deleted: ${set?.name ?? ''}`);
        await navigate({ to: '/keyword-sets', ignoreBlocker: true });
        await forget();
      },
      onError: (error) => toast.error(toAppError(error).message),
    }),
  );
  const { errors, isDirty } = form.formState;
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(null);
            save.mutate(values);
          })(event)
        }
      >
        <PageHeader
          above={<BackLink to="/keyword-sets">Keyword sets</BackLink>}
          title={set?.name ?? 'New keyword set'}
          {...(set === null ? {} : { description: `Version ${set.version}` })}
          actions={
            <>
              {set === null ? null : (
                <Button look="danger" busy={remove.isPending} onClick={() => setAsking(true)}>
                  Delete
                </Button>
              )}
              <Button type="submit" look="primary" busy={save.isPending} disabled={set !== null && !isDirty}>
                {set === null ? 'Create' : 'Save'}
              </Button>
            </>
          }
        />
        {problem === null ? null : <SaveProblem problem={problem} onReload={() => void forget()} />}
        <Card className="mb-4 grid gap-4 p-4 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
          <Field label="Name" error={errors.name?.message}>
            {(field) => <Input {...field} {...form.register('name')} autoComplete="off" />}
          </Field>
          <Field label="Description" aside="optional" error={errors.description?.message}>
            {(field) => <Input {...field} {...form.register('description')} autoComplete="off" />}
          </Field>
        </Card>
        <RulesTable />
      </form>
      <div className="mt-4">
        <TryKeywords />
      </div>
      <UnsavedGuard isDirty={isDirty} />
      {set === null ? null : (
        <ConfirmDialog
          open={isAsking}
          onClose={() => setAsking(false)}
          title={`Delete ${set.name}?`}
          confirmLabel="Delete keyword set"
          onConfirm={() => remove.mutate({ id: set.keywordSetId, version: set.version })}
        >
          Campaigns under way go on with its rules. Drafts that name it have to be configured again.
        </ConfirmDialog>
      )}
    </FormProvider>
  );
}
