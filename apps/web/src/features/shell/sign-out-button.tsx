import { IconButton } from '@domainflow/ui/primitives/button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import { trpc } from '../../lib/trpc.ts';

export function SignOutButton() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = useMutation(
    trpc.auth.logout.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/sign-in', search: {} });
        queryClient.clear();
      },
      onError: (error) => toast.error(toAppError(error).message),
    }),
  );
  return (
    <IconButton label="Sign out" disabled={signOut.isPending} onClick={() => signOut.mutate({})}>
      <LogOut aria-hidden className="size-4" />
    </IconButton>
  );
}
