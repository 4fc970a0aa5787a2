import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { SignInFrame } from '../features/session/sign-in-frame.tsx';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import { zodResolver } from '../lib/form.ts';
import { rememberSession } from '../lib/session.ts';
import { trpc } from '../lib/trpc.ts';

const schema = z.object({
  username: z.string().trim().min(1, 'Type your username'),
  password: z.string().min(1, 'Type your password'),
});

/** Only paths of this app are gone back to. */
const safePath = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';

export function SignInPage() {
  const router = useRouter();
  const { next } = useSearch({ from: '/sign-in' });
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(schema),
    defaultValues: { username: '', password: '' },
  });
  const signIn = useMutation(
    trpc.auth.login.mutationOptions({
      onSuccess: async ({ user }) => {
        rememberSession(user);
        if (user.mustChangePassword) await router.navigate({ to: '/change-password' });
        else router.history.push(safePath(next));
      },
    }),
  );
  return (
    <SignInFrame title="Sign in">
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => void handleSubmit((values) => signIn.mutate(values))(event)}
      >
        {signIn.error === null ? null : <ErrorNotice error={signIn.error} />}
        <Field label="Username" error={formState.errors.username?.message}>
          {(control) => (
            <Input
              {...control}
              {...register('username')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          )}
        </Field>
        <Field label="Password" error={formState.errors.password?.message}>
          {(control) => (
            <Input {...control} {...register('password')} type="password" autoComplete="current-password" />
          )}
        </Field>
        <Button type="submit" look="primary" className="w-full" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </SignInFrame>
  );
}
