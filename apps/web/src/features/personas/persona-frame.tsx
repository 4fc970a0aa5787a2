import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { toast } from 'sonner';
import { type AppError, toAppError } from '../../lib/app-error.ts';
import type { PersonaView } from '../../lib/contract.ts';
import { useMe } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import type { PersonaFrameValues } from './persona-schema.ts';

interface PersonaFrameProps {
  persona: PersonaView | null;
  problem: AppError | null;
  isBusy: boolean;
  onSubmit: (event: FormEvent) => void;
  onDone: () => void;
  /** The fields of the kind. */
  children: ReactNode;
  /** Tries out what the form holds. */
  test: ReactNode;
}

/** What both kinds of persona have around their fields, with the fields that both have. */
export function PersonaFrame(props: PersonaFrameProps) {
  const { persona, problem, isBusy, onSubmit, onDone, children, test } = props;
  const me = useMe();
  const { register, formState } = useFormContext<PersonaFrameValues>();
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
      <Field label="Name" error={formState.errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" aside="optional" error={formState.errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      {children}
      {me?.role === 'admin' && persona?.isDefault !== true ? (
        <Checkbox
          {...register('isDefault')}
          label="Default persona"
          hint="Used where a campaign names none."
        />
      ) : null}
      {test}
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
          onClose={() => setAsking(false)}
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
