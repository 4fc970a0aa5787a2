import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import type { AppError } from '../../lib/app-error.ts';
import type { Me } from '../../lib/contract.ts';
import { showFieldError, zodResolver } from '../../lib/form.ts';
import { rememberSession } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

const MIN_LENGTH = 12;

const schema = z
  .object({
    currentPassword: z.string().min(1, 'Type the current password'),
    newPassword: z.string().min(MIN_LENGTH, `At least ${MIN_LENGTH} characters`),
    repeated: z.string(),
  })
  .refine((values) => values.newPassword === values.repeated, {
    path: ['repeated'],
    message: 'The two passwords differ',
  });
type Values = z.infer<typeof schema>;

interface PasswordFormProps {
  currentLabel: string;
  onChanged: (me: Me) => void;
}

/** Changes the own password. */
export function PasswordForm({ currentLabel, onChanged }: PasswordFormProps) {
  const [problem, setProblem] = useState<AppError | null>(null);
  const { register, handleSubmit, formState, setError, reset } = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { currentPassword: '', newPassword: '', repeated: '' },
  });
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({
      onMutate: () => setProblem(null),
      onSuccess: ({ user }) => {
        rememberSession(user);
        reset();
        onChanged(user);
      },
      onError: (error) => setProblem(showFieldError(error, ['currentPassword', 'newPassword'], setError)),
    }),
  );
  const { errors } = formState;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) =>
        void handleSubmit(({ currentPassword, newPassword }) =>
          change.mutate({ currentPassword, newPassword }),
        )(event)
      }
    >
      {problem === null ? null : <ErrorNotice error={problem} />}
      <Field label={currentLabel} error={errors.currentPassword?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('currentPassword')}
            type="password"
            autoComplete="current-password"
          />
        )}
      </Field>
      <Field
        label="New password"
        hint={`At least ${MIN_LENGTH} characters.`}
        error={errors.newPassword?.message}
      >
        {(control) => (
          <Input {...control} {...register('newPassword')} type="password" autoComplete="new-password" />
        )}
      </Field>
      <Field label="New password again" error={errors.repeated?.message}>
        {(control) => (
          <Input {...control} {...register('repeated')} type="password" autoComplete="new-password" />
        )}
      </Field>
      <Button type="submit" look="primary" busy={change.isPending}>
        Change password
      </Button>
    </form>
  );
}
