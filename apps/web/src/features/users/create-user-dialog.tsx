import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import type { AppError } from '../../lib/app-error.ts';
import { showFieldError, zodResolver } from '../../lib/form.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FormButtons } from '../shell/form-buttons.tsx';
import type { HandOver } from './hand-over-dialog.tsx';

const schema = z.object({
  username: z.string().trim().min(3, 'At least 3 characters').max(64, 'At most 64 characters'),
  role: z.enum(['admin', 'member']),
});
type Values = z.infer<typeof schema>;

interface CreateUserDialogProps {
  open: boolean;
  onClose: () => void;
  onHandOver: (handOver: HandOver) => void;
}

function CreateUserForm({ onClose, onHandOver }: Omit<CreateUserDialogProps, 'open'>) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<AppError | null>(null);
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { username: '', role: 'member' },
  });
  const create = useMutation(
    trpc.users.create.mutationOptions({
      onMutate: () => setProblem(null),
      onSuccess: (handOver) => {
        onClose();
        onHandOver(handOver);
        return queryClient.invalidateQueries({ queryKey: trpc.users.list.pathKey() });
      },
      onError: (error) => setProblem(showFieldError(error, ['username', 'role'], setError)),
    }),
  );
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => void handleSubmit((values) => create.mutate(values))(event)}
    >
      {problem === null ? null : <ErrorNotice error={problem} />}
      <Field label="Username" error={formState.errors.username?.message}>
        {(field) => (
          <Input
            {...field}
            {...register('username')}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="Role" error={formState.errors.role?.message}>
        {(field) => (
          <Select {...field} {...register('role')}>
            <option value="member">Member</option>
            <option value="admin">Administrator</option>
          </Select>
        )}
      </Field>
      <FormButtons onCancel={onClose} submit="Create user" isBusy={create.isPending} />
    </form>
  );
}

export function CreateUserDialog({ open, ...rest }: CreateUserDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={rest.onClose}
      title="New user"
      description="They get a one-time password, which you hand over."
    >
      <CreateUserForm {...rest} />
    </Dialog>
  );
}
