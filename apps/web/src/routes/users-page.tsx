import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Menu, MenuItem } from '@domainflow/ui/primitives/menu.tsx';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Shield, UserCheck, UserPlus, UserX } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Loaded } from '../features/shell/loaded.tsx';
import { RowList } from '../features/shell/row-list.tsx';
import { ShowMore } from '../features/shell/show-more.tsx';
import { CreateUserDialog } from '../features/users/create-user-dialog.tsx';
import { type HandOver, HandOverDialog } from '../features/users/hand-over-dialog.tsx';
import { ResetPasswordDialog } from '../features/users/reset-password-dialog.tsx';
import { toAppError } from '../lib/app-error.ts';
import type { UserView } from '../lib/contract.ts';
import { formatAgo, formatInstant } from '../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../lib/paged-list.ts';
import { useMe } from '../lib/session.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

const ICON = 'size-4 text-ink-faint';

interface UserRowProps {
  user: UserView;
  isMe: boolean;
  onHandOver: (handOver: HandOver) => void;
}

function UserRow({ user, isMe, onHandOver }: UserRowProps) {
  const now = useNow(60_000);
  const queryClient = useQueryClient();
  const [isResetting, setResetting] = useState(false);
  const update = useMutation(
    trpc.users.update.mutationOptions({
      onSuccess: (changed) => {
        toast.success(`Changed: ${changed.username}`);
        return queryClient.invalidateQueries({ queryKey: trpc.users.list.pathKey() });
      },
      onError: (error) => toast.error(toAppError(error).message),
    }),
  );
  const otherRole = user.role === 'admin' ? 'member' : 'admin';
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {user.username}
          {isMe ? <span className="text-xs font-normal text-ink-faint">you</span> : null}
          {user.role === 'admin' ? <Badge tone="accent">Administrator</Badge> : <Badge>Member</Badge>}
          {user.disabled ? <Badge tone="bad">Disabled</Badge> : null}
          {user.mustChangePassword ? <Badge tone="warn">One-time password</Badge> : null}
        </p>
        <p className="text-xs text-ink-faint">
          {user.lastSignInAt === null ? (
            'Has never signed in'
          ) : (
            <span title={formatInstant(user.lastSignInAt)}>
              Signed in {formatAgo(user.lastSignInAt, now)}
            </span>
          )}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={`Actions for ${user.username}`} disabled={update.isPending}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Shield aria-hidden className={ICON} />}
          onSelect={() => update.mutate({ id: user.userId, role: otherRole })}
        >
          {otherRole === 'admin' ? 'Make an administrator' : 'Make a member'}
        </MenuItem>
        <MenuItem icon={<KeyRound aria-hidden className={ICON} />} onSelect={() => setResetting(true)}>
          Reset password…
        </MenuItem>
        {user.disabled ? (
          <MenuItem
            icon={<UserCheck aria-hidden className={ICON} />}
            onSelect={() => update.mutate({ id: user.userId, disabled: false })}
          >
            Enable
          </MenuItem>
        ) : (
          <MenuItem
            icon={<UserX aria-hidden className="size-4" />}
            tone="danger"
            onSelect={() => update.mutate({ id: user.userId, disabled: true })}
          >
            Disable
          </MenuItem>
        )}
      </Menu>
      <ResetPasswordDialog
        user={user}
        open={isResetting}
        onClose={() => setResetting(false)}
        onHandOver={onHandOver}
      />
    </li>
  );
}

export function UsersPage() {
  useDocumentTitle('Users');
  const me = useMe();
  const [isCreating, setCreating] = useState(false);
  const [handOver, setHandOver] = useState<HandOver | null>(null);
  const list = useInfiniteQuery(trpc.users.list.infiniteQueryOptions({ limit: 100 }, BY_CURSOR));
  const users = itemsOf(list.data);
  return (
    <>
      <PageHeader
        title="Users"
        description="Members see their own campaigns, administrators all of them."
        actions={
          <Button
            look="primary"
            icon={<UserPlus aria-hidden className="size-4" />}
            onClick={() => setCreating(true)}
          >
            New user
          </Button>
        }
      />
      <div className="max-w-3xl">
        <Loaded query={list} what="users">
          {() => (
            <RowList>
              {users.map((user) => (
                <UserRow
                  key={user.userId}
                  user={user}
                  isMe={user.userId === me?.userId}
                  onHandOver={setHandOver}
                />
              ))}
            </RowList>
          )}
        </Loaded>
      </div>
      <ShowMore list={list} className="mt-3" />
      <CreateUserDialog open={isCreating} onClose={() => setCreating(false)} onHandOver={setHandOver} />
      <HandOverDialog handOver={handOver} onClose={() => setHandOver(null)} />
    </>
  );
}
