import * as RadixDialog from '@radix-ui/react-dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { SCRIM } from './scrim.ts';
import { useFocusReturn } from './use-focus-return.ts';

interface OverlayProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}

/** What drawers and dialogs have in common: they take the focus, and Esc and a click outside close them. */
function Overlay({
  open,
  onClose,
  isDescribed,
  className,
  children,
}: Pick<OverlayProps, 'open' | 'onClose' | 'children'> & { isDescribed: boolean; className: string }) {
  const focus = useFocusReturn();
  return (
    <RadixDialog.Root open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={SCRIM} />
        <RadixDialog.Content
          {...focus}
          {...(isDescribed ? {} : { 'aria-describedby': undefined })}
          className={clsx('fixed z-50 flex flex-col bg-raised shadow-overlay outline-none', className)}
        >
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface HeadProps extends Pick<OverlayProps, 'title' | 'description'> {
  actions?: ReactNode;
  className: string;
}

function Head({ title, description, actions, className }: HeadProps) {
  return (
    <header className={clsx('flex items-start gap-2', className)}>
      <div className="min-w-0 flex-1">
        <RadixDialog.Title className="py-0.5 text-lg leading-7 font-semibold break-words">
          {title}
        </RadixDialog.Title>
        {description === undefined ? null : (
          <RadixDialog.Description className="mt-0.5 text-sm text-ink-soft">
            {description}
          </RadixDialog.Description>
        )}
      </div>
      {actions}
      <RadixDialog.Close asChild>
        <IconButton label="Close">
          <X aria-hidden className="size-4" />
        </IconButton>
      </RadixDialog.Close>
    </header>
  );
}

interface DrawerProps extends OverlayProps {
  side?: 'left' | 'right';
  /** Stands beside the title. */
  actions?: ReactNode;
}

/** A panel from the side over the page. */
export function Drawer({ title, description, side = 'right', actions, children, ...state }: DrawerProps) {
  return (
    <Overlay
      {...state}
      isDescribed={description !== undefined}
      className={clsx(
        'inset-y-0 w-full',
        side === 'right' ? 'right-0 animate-slide-in sm:max-w-xl' : 'left-0 animate-fade-in max-w-72',
      )}
    >
      <Head
        title={title}
        description={description}
        actions={actions}
        className="border-b border-line px-4 py-3"
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{children}</div>
    </Overlay>
  );
}

interface DialogProps extends OverlayProps {
  wide?: boolean;
}

/** A window in the middle of the page, for one short task. */
export function Dialog({ title, description, wide = false, children, ...state }: DialogProps) {
  return (
    <Overlay
      {...state}
      isDescribed={description !== undefined}
      className={clsx(
        'top-1/2 left-1/2 max-h-[92dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl p-5 ring-1 ring-line animate-fade-in',
        wide ? 'max-w-3xl' : 'max-w-lg',
      )}
    >
      <Head title={title} description={description} className="-mt-1 -mr-1 mb-4" />
      {children}
    </Overlay>
  );
}
