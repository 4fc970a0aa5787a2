import { useNavigate } from '@tanstack/react-router';
import { toast } from 'sonner';
import { PasswordForm } from '../features/session/password-form.tsx';
import { SignInFrame } from '../features/session/sign-in-frame.tsx';
import { useMe } from '../lib/session.ts';

/** Where everybody with a one-time password is sent first. */
export function ChangePasswordPage() {
  const navigate = useNavigate();
  const me = useMe();
  const isForced = me?.mustChangePassword === true;
  return (
    <SignInFrame
      title={isForced ? 'Choose your password' : 'Change your password'}
      description={
        isForced ? 'You signed in with a one-time password. Choose your own before you go on.' : undefined
      }
    >
      <PasswordForm
        currentLabel={isForced ? 'One-time password' : 'Current password'}
        onChanged={() => {
          toast.success('Your password has been changed.');
          void navigate({ to: '/' });
        }}
      />
    </SignInFrame>
  );
}
